import { Okta } from '../../cli/okta';
import { choose, fieldValue, type Portal, startPortal } from './portal';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal.close());

test('a token is rotated while Okta provisions, without one 401, and then the old one is revoked', async () => {
  await portal.tenant({ label: 'rotate' });
  const { page, complaints } = await portal.enter('rotate');
  await choose(page, 'OneLogin');
  await page.getByRole('button', { name: 'Done, next step' }).click();
  await page.getByRole('button', { name: 'Make the token' }).click();
  await page.getByText('Copy the token now').waitFor();
  const okta = new Okta(await fieldValue(page, 'SCIM Base URL'), await fieldValue(page, 'SCIM Bearer Token'));
  await okta.rest();

  await page.getByRole('link', { name: 'Credentials' }).click();
  // The operator made one when the tenant was created. There can be two, so it makes room.
  const credentials = page.locator('.credential-item');
  const unused = credentials.filter({ hasText: 'Northwind made it when this connection was created.' });
  await unused.getByRole('heading', { name: 'First token' }).waitFor();
  await unused.getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('dialog').getByText('It was never used.').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await unused.waitFor({ state: 'detached' });

  await page.getByRole('button', { name: 'Rotate OneLogin' }).click();
  await page.getByLabel(/How long does the present token go on working/).selectOption({ label: 'Seven days' });
  await page.getByText(/^It ends on /).waitFor();
  await page.getByRole('button', { name: 'Make the new token' }).click();
  await page.getByText(/The token before it ends on .*; until then both work/).waitFor();
  okta.token = (await page.locator('.copy-field', { hasText: 'Token' }).locator('code').textContent()) ?? '';
  await okta.rest();
  await page.getByRole('button', { name: 'I have copied it' }).click();
  const old = credentials.first();
  await old.getByText(/^in [67] days$/).waitFor();
  expect(await credentials.count()).toBe(2);

  await old.getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await credentials.nth(1).waitFor({ state: 'detached' });
  await okta.rest();
  await okta.end();
  expect(okta.failures).toEqual([]);
  expect(okta.statuses).not.toContain(401);
  expect(complaints).toEqual([]);
});

test('a third token is refused with the place where one is revoked', async () => {
  await portal.tenant({ label: 'third' });
  const { page, complaints } = await portal.enter('third');
  await choose(page, 'Okta', 'SAML or SWA');
  await page.getByRole('link', { name: 'Credentials' }).click();
  await page.getByRole('button', { name: 'Make a credential' }).click();
  await page.getByRole('button', { name: 'Make it' }).click();
  await page.getByRole('button', { name: 'I have copied it' }).click();
  await page.getByRole('link', { name: 'Steps' }).click();
  await page.reload();
  await page.getByRole('button', { name: /Paste the URL and the token/ }).click();
  await page.getByRole('button', { name: 'Make the token' }).click();
  await page.getByText('On the page Credentials, revoke one that was never used. Then try again.').waitFor();
  await page.getByRole('link', { name: 'Look at your credentials' }).click();
  await page.getByRole('heading', { name: 'Credentials', level: 1 }).waitFor();
  expect(complaints).toEqual([]);
});
