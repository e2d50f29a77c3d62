import type { Locator, Page } from 'playwright-core';
import { loadFlows } from '../../../traffic/load';
import { describeFailures } from '../../../traffic/report';
import { runFlow } from '../../../traffic/run';
import { adminJson } from '../../cli/admin';
import { copied } from '../harness/clipboard';
import { choose, fieldValue, keptBy, lineOf, type Portal, startPortal } from './portal';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal.close());

/** What Okta's administrator has pasted. */
interface Pasted {
  readonly baseUrl: string;
  readonly token: string;
}

async function play(name: string, { baseUrl, token }: Pasted): Promise<void> {
  const flow = loadFlows().find((one) => one.name === name);
  if (!flow) throw new Error(`traffic/clients/${name}.json is gone`);
  const target = { baseUrl, token, profile: 'identity-center', emptyDirectory: true, timed: false };
  expect(describeFailures(await runFlow(flow, target))).toBe('');
}

/** A request as Okta sends it; returns the status and the body. */
async function send({ baseUrl, token }: Pasted, method: string, path: string, body: unknown) {
  const response = await fetch(`${baseUrl}${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, id: ((await response.json()) as { id?: string }).id ?? '' };
}

const chloe = (familyName?: string) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  userName: 'chloe@contoso.example',
  displayName: 'Chloe',
  name: { givenName: 'Chloe', ...(familyName && { familyName }) },
});

/** Goes to the step with the token, makes it, and copies what is pasted into Okta. */
async function connect(page: Page): Promise<Pasted> {
  await choose(page, 'Okta', 'SAML or SWA');
  await page.getByRole('button', { name: 'Done, next step' }).click();
  await page.getByRole('button', { name: 'Make the token' }).click();
  await page.getByText('Copy the token now: it is shown only once.').waitFor();
  const token = await fieldValue(page, 'Authorization');
  expect(await copied(page, 'Authorization')).toBe(token);
  return { baseUrl: await fieldValue(page, 'SCIM connector base URL'), token };
}

test('an administrator who knows only Okta connects it, and sees each line turn green', async () => {
  await portal.tenant({ label: 'okta' });
  const { page, complaints } = await portal.enter('okta');
  const pasted = await connect(page);
  await page.getByRole('complementary').getByText('Waiting for the test call of Okta …').waitFor();
  await play('okta/custom-app-users', pasted);
  for (const title of ['Test call', 'First person', 'First deactivation']) await lineOf(page, title).waitFor();
  expect(await lineOf(page, 'Test call').textContent()).toMatch(/received .*\d\d:\d\d, answered 200/);
  await play('okta/custom-app-groups', pasted);
  for (const title of ['First group', 'First member of a group']) await lineOf(page, title).waitFor();
  await page.getByText('Everything works. You are done.').waitFor();

  for (let step = 2; step < 7; step++) await page.getByRole('button', { name: 'Done, next step' }).click();
  await page.getByRole('button', { name: 'Done', exact: true }).click();
  await page.locator('.step-done').nth(8).waitFor();
  expect(complaints).toEqual([]);
});

test('a reload in the middle goes on where it was, without the secret', async () => {
  await portal.tenant({ label: 'reload' });
  const { page, complaints } = await portal.enter('reload');
  const pasted = await connect(page);
  const secret = pasted.token.slice(-20);
  expect(await keptBy(page)).not.toContain(secret);

  await page.reload();
  await page.getByText(/^You made the token on .*It cannot be shown again\.$/).waitFor();
  await page.getByText('The token that you made. If you do not have it, make a new one above.').waitFor();
  expect(await page.content()).not.toContain(secret);
  expect(await fieldValue(page, 'SCIM connector base URL')).toBe(pasted.baseUrl);

  await page.getByRole('button', { name: 'Make a new one' }).click();
  await page.getByText('Copy the token now: it is shown only once.').waitFor();
  const token = await fieldValue(page, 'Authorization');
  expect(token).not.toBe(pasted.token);
  await play('okta/custom-app-users', { ...pasted, token });
  await lineOf(page, 'First person').waitFor();
  expect(complaints).toEqual([]);
});

test('a person who is refused passes after the remedy was followed', async () => {
  await portal.tenant({ label: 'remedy' });
  const { page, complaints } = await portal.enter('remedy');
  const pasted = await connect(page);
  expect((await send(pasted, 'POST', '/Users', chloe())).status).toBe(400);
  await page.getByText('The last request failed.').waitFor();
  await page.getByRole('link', { name: 'Read why, and what to do' }).click();

  const failure = page.locator('.failure', { hasText: 'chloe@contoso.example' });
  await failure.waitFor();
  expect(await failure.textContent()).toMatch(/familyName is required/);
  expect(await failure.textContent()).toMatch(/in your identity provider/);
  expect(await failure.getByText('Solved').count()).toBe(0);

  expect((await send(pasted, 'POST', '/Users', chloe('Dubois'))).status).toBe(201);
  await page.getByText('Nothing is open.').waitFor();
  await page.getByText('Past: one cause').click();
  await failure.getByText('Solved').waitFor();
  expect(complaints).toEqual([]);
});

test('a token that was revoked is noticed, with what to do', async () => {
  const { token } = await portal.tenant({ label: 'wrong' });
  const { page, complaints } = await portal.enter('wrong');
  const pasted = await connect(page);
  const [, , id = ''] = token.split('_');
  await adminJson('token', 'revoke', 'wrong', id, '--yes', '--data', portal.endpoint.data);
  await fetch(`${pasted.baseUrl}/Users`, { headers: { Authorization: `Bearer ${token}` } });
  await page.getByRole('button', { name: 'Nothing arrives?' }).click();
  await page.getByRole('complementary').locator('.notice-bad').waitFor();
  expect(await page.getByRole('complementary').locator('.notice-bad').textContent()).toMatch(/Create another/);
  expect(complaints).toEqual([]);
});

test('Entra is connected by a client secret first, with its four fields', async () => {
  await portal.tenant({ label: 'entra' });
  const { page, complaints } = await portal.enter('entra');
  await choose(page, 'Microsoft Entra ID', 'Client identifier and client secret');
  for (let step = 0; step < 2; step++) await page.getByRole('button', { name: 'Done, next step' }).click();
  await page.getByRole('button', { name: 'Make the client secret' }).click();
  await page.getByText('Copy the client secret now').waitFor();
  const [tokenUrl, clientId, clientSecret] = await Promise.all(
    ['Token endpoint', 'Client identifier', 'Client secret'].map((field) => fieldValue(page, field)),
  );
  const form = { grant_type: 'client_credentials', client_id: clientId ?? '', client_secret: clientSecret ?? '' };
  const answer = await fetch(tokenUrl ?? '', { method: 'POST', body: new URLSearchParams(form) });
  const { access_token: token = '' } = (await answer.json()) as { access_token?: string };
  await play('entra/test-connection', { baseUrl: await fieldValue(page, 'Tenant URL'), token });
  await lineOf(page, 'Test call').waitFor();
  await page
    .getByText(/one about every 40 minutes/)
    .first()
    .waitFor();
  expect(complaints).toEqual([]);
});

test('the keyboard is enough', async () => {
  await portal.tenant({ label: 'keyboard' });
  const invitation = await portal.invite('keyboard');
  const { page, complaints } = await portal.visit();
  const tabTo = async (target: Locator) => {
    for (let presses = 0; presses < 60; presses++) {
      if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`Tab does not lead to ${target}`);
  };
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  await page.goto(invitation.url);
  await tabTo(page.getByLabel('PIN'));
  await page.keyboard.type(invitation.pin);
  await page.keyboard.press('Enter');
  await page.getByText('Where do you manage your people?').waitFor();
  await tabTo(page.getByLabel('Okta'));
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await tabTo(button('Begin'));
  await page.keyboard.press('Enter');
  // The next card has the focus by itself.
  await page.locator(':focus', { hasText: 'How do people sign in' }).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowUp');
  await tabTo(button('Show the steps'));
  await page.keyboard.press('Enter');
  await tabTo(button('Done, next step'));
  await page.keyboard.press('Enter');
  await tabTo(button('Make the token'));
  await page.keyboard.press('Enter');
  await page.getByText('Copy the token now').waitFor();
  expect(complaints).toEqual([]);
});
