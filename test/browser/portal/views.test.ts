import { everyView } from '../harness/views';
import { choose, openLink, type Portal, startPortal } from './portal';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal.close());

const hour = 3_600_000;

async function request(baseUrl: string, token: string, method: string, path: string, body?: unknown) {
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json' };
  const response = await fetch(`${baseUrl}${path}`, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return response.status === 204 ? { id: '' } : ((await response.json()) as { id: string });
}

test('every screen before a session can be read in light and dark, wide and narrow', async () => {
  await portal.tenant({ label: 'outside' });
  const invitation = await portal.invite('outside', { scope: 'manage' });
  const { page, complaints } = await portal.visit();
  const faults: string[] = [];
  await page.goto(invitation.url.split('#')[0] ?? '');
  await page.getByRole('heading', { name: 'Open the link of your invitation' }).waitFor();
  faults.push(...(await everyView(page, 'portal-no-session')));
  await page.goto(invitation.url);
  await page.getByLabel('PIN').waitFor();
  faults.push(...(await everyView(page, 'portal-invitation')));
  await page.goto((await portal.invite('outside', { life: hour }, 2 * hour)).url);
  await page.getByRole('heading', { name: 'This link has ended' }).waitFor();
  faults.push(...(await everyView(page, 'portal-ended-link')));
  await openLink(page, invitation);
  await page.getByText('Where do you manage your people?').waitFor();
  faults.push(...(await everyView(page, 'portal-start')));
  await page.goto((await portal.invite('outside')).url);
  await page.getByText('You are connecting Contoso Ltd already, in this browser.').waitFor();
  faults.push(...(await everyView(page, 'portal-existing-session')));
  expect(faults).toEqual([]);
  expect(complaints).toEqual([]);
});

test('every screen of a session can be read in light and dark, wide and narrow', async () => {
  const { baseUrl, token } = await portal.tenant({ label: 'inside' });
  const { page, complaints } = await portal.enter('inside', { scope: 'manage' });
  const faults: string[] = [];
  const look = async (name: string) => {
    await page.locator('.announcement').waitFor({ state: 'detached' });
    await page.evaluate('scrollTo(0, 0)');
    faults.push(...(await everyView(page, `portal-${name}`)));
  };
  const go = (path: string) => page.goto(`${page.url().split('#')[0]}#/${path}`);
  await page.getByLabel('Okta').check();
  await page.getByRole('button', { name: 'Show the steps' }).click();
  await page.getByRole('button', { name: 'Begin', exact: true }).waitFor();
  await look('before');
  await page.getByRole('button', { name: 'Begin', exact: true }).click();
  await page.getByLabel('SAML or SWA').check();
  await look('question');
  await page.getByRole('button', { name: 'Show the steps' }).click();
  await page.getByRole('button', { name: 'Done, next step' }).click();
  await page.getByRole('button', { name: 'Make the token' }).waitFor();
  await look('connect');
  await page.getByRole('button', { name: 'Make the token' }).click();
  await page.getByText('Copy the token now').waitFor();
  await look('token');

  const user = (name: string, familyName?: string) => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName: `${name.toLowerCase()}@contoso.example`,
    displayName: [name, familyName].filter(Boolean).join(' '),
    name: { givenName: name, ...(familyName && { familyName }) },
  });
  const send = (method: string, path: string, body?: unknown) => request(baseUrl, token, method, path, body);
  await send('POST', '/Users', user('Chloe'));
  const people = [];
  for (const [name = '', family] of [
    ['Anna', 'Example'],
    ['Ben', 'Carter'],
    ['David', 'Kim'],
    ['Eva', 'Novak'],
  ]) {
    people.push(await send('POST', '/Users', user(name, family)));
  }
  await send('POST', '/Groups', {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
    displayName: 'Sales',
    members: people.map(({ id }) => ({ value: id })),
  });
  await page.getByRole('complementary').locator('.check-done', { hasText: 'First member' }).waitFor();
  await page.getByRole('button', { name: 'Push the groups' }).click();
  await page.getByText('Why two groups?').click();
  await look('groups');
  await go('status');
  await page.getByRole('button', { name: 'Run the test' }).click();
  await page.getByText(/checks, none failed/).waitFor();
  await look('status');
  await go('credentials');
  await page.getByRole('button', { name: 'Rotate' }).first().waitFor();
  await look('credentials');
  await page.getByRole('button', { name: 'Make a credential' }).click();
  await look('create-dialog');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await go('people');
  await page.getByRole('link', { name: 'Anna Example' }).waitFor();
  await look('people');
  await go(`people/${people[0]?.id}`);
  await page.getByRole('heading', { name: 'Anna Example' }).waitFor();
  await look('person');
  await page.getByRole('button', { name: 'Disable' }).click();
  await look('disable-dialog');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await send('DELETE', `/Users/${people[3]?.id}`);
  await go('people/deleted');
  await page.getByRole('button', { name: 'Restore eva@contoso.example' }).waitFor();
  await look('deleted');
  expect(faults).toEqual([]);
  expect(complaints).toEqual([]);
});

test.each([
  ['Microsoft Entra ID', 'Client identifier and client secret', 'entra', 3],
  ['OneLogin', undefined, 'onelogin', 1],
  ['JumpCloud', undefined, 'jumpcloud', 1],
  ['Ping Identity', 'PingOne', 'ping', 1],
  ['Google Workspace', 'No', 'google', 1],
  ['Another one', 'A token', 'other', 1],
])('the steps of %s can be read', async (provider, answer, label, ticked) => {
  await portal.tenant({ label });
  const { page, complaints } = await portal.enter(label);
  await choose(page, provider, answer);
  for (let step = 0; step < ticked; step++) await page.getByRole('button', { name: 'Done, next step' }).click();
  expect(await everyView(page, `portal-${label}`)).toEqual([]);
  expect(complaints).toEqual([]);
});
