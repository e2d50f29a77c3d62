import { lastSweep } from '../../last-sweep';
import { choose, type Portal, startPortal } from './portal';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal.close());

/** A tenant with a user in a group. */
async function populate(label: string) {
  const { tenantId, baseUrl, token } = await portal.tenant({ label });
  const send = async (method: string, path: string, body?: unknown) => {
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json' };
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return response.status === 204
      ? { id: '', active: false }
      : ((await response.json()) as { id: string; active: boolean });
  };
  const anna = await send('POST', '/Users', {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName: 'anna@contoso.example',
    displayName: 'Anna Example',
    name: { givenName: 'Anna', familyName: 'Example' },
  });
  await send('POST', '/Groups', {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
    displayName: 'Sales',
    members: [{ value: anna.id }],
  });
  return { tenantId, send, anna };
}

test('with the scope "manage", a person is found, disabled, enabled, and restored with the groups', async () => {
  const { tenantId, send, anna } = await populate('manage');
  const { page, complaints } = await portal.enter('manage', { scope: 'manage' });
  await choose(page, 'Okta', 'Not yet');
  await page.getByRole('link', { name: 'People' }).click();
  await page.getByRole('searchbox').fill('ANNA@contoso.example');
  await page.getByText('1 person').waitFor();
  await page.getByRole('searchbox').fill('nobody@contoso.example');
  await page.getByText('Nobody has “nobody@contoso.example”.').waitFor();
  await page.getByRole('searchbox').fill('');
  await page.getByRole('link', { name: 'Anna Example' }).click();
  await page.getByText('Sales', { exact: true }).waitFor();

  await page.getByRole('button', { name: 'Disable' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
  await page.getByText('This person was changed here last').waitFor();
  expect((await send('GET', `/Users/${anna.id}`)).active).toBe(false);
  await page.getByRole('button', { name: 'Enable' }).click();
  await page.getByText('Active', { exact: true }).waitFor();
  expect((await send('GET', `/Users/${anna.id}`)).active).toBe(true);

  await send('DELETE', `/Users/${anna.id}`);
  await page.getByRole('link', { name: 'People' }).first().click();
  await page.getByRole('link', { name: 'Deleted people' }).click();
  const restore = page.getByRole('button', { name: 'Restore anna@contoso.example' });
  // The page says why it waits; then the person can be restored, without a reload.
  await page.getByText('Within a minute, when the deletion is complete.').waitFor();
  expect(await restore.isDisabled()).toBe(true);
  await lastSweep(portal.endpoint, tenantId, anna.id);
  await restore.click();
  await page.getByText('Sales', { exact: true }).waitFor();
  expect(complaints).toEqual([]);
});

test('with the scope "setup", there are no people, whatever the address says', async () => {
  const { anna } = await populate('setup');
  const { page, complaints } = await portal.enter('setup');
  await choose(page, 'Okta', 'Not yet');
  expect(await page.getByRole('link', { name: 'People' }).count()).toBe(0);
  const address = page.url().split('#')[0] ?? '';
  for (const place of ['#/people', `#/people/${anna.id}`, '#/people/deleted']) {
    await page.goto(address + place);
    await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
  }
  expect(await page.content()).not.toContain('Anna');
  expect(complaints).toEqual([]);
});
