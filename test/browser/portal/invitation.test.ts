import { listInvitations, revokeInvitation } from '../../../operator/invitations/invitations';
import { everyView } from '../harness/views';
import { choose, keptBy, openLink, type Portal, startPortal } from './portal';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal.close());

const hour = 3_600_000;

test('a person opens the link by the PIN and a click, and the code is neither in the address nor kept', async () => {
  await portal.tenant({ label: 'click' });
  const invitation = await portal.invite('click');
  const { page, complaints } = await portal.visit();
  await page.goto(invitation.url);
  await page.getByText('You connect Contoso Ltd to Northwind Analytics, invited by Northwind.').waitFor();
  const [, code = ''] = invitation.url.split('#');
  expect(page.url()).not.toContain('#');
  expect(await page.getByRole('button', { name: 'Yes, connect Contoso Ltd' }).isDisabled()).toBe(true);

  await page.getByLabel('PIN').fill(invitation.pin === '000000' ? '000001' : '000000');
  await page.getByRole('button', { name: 'Yes, connect Contoso Ltd' }).click();
  await page.getByText('4 attempts are left').waitFor();
  await page.getByLabel('PIN').fill(invitation.pin);
  await page.getByLabel('PIN').press('Enter');
  await page.getByText('Where do you manage your people?').waitFor();

  expect(await keptBy(page)).not.toContain(code.slice(-20));
  await page.goBack().catch(() => undefined);
  expect(page.url()).not.toContain(code);
  expect(complaints).toEqual([]);
});

test('a scanner that opens the link, runs its script and posts without a click spends nothing', async () => {
  await portal.tenant({ label: 'scanner' });
  const invitation = await portal.invite('scanner');
  const scanner = await portal.visit();
  const api = `${invitation.url.split('#')[0]}/api/invitation.open`;
  await scanner.page.goto(invitation.url);
  await scanner.page.getByLabel('PIN').waitFor();
  // It submits whatever form there is, and sends the code where the page would.
  await scanner.page.evaluate(`document.querySelector('form').requestSubmit()`);
  const [, code] = invitation.url.split('#');
  const refused = await fetch(api, { method: 'POST', body: JSON.stringify({ code, pin: invitation.pin }) });
  expect(refused.status).toBe(403);

  const person = await portal.visit();
  await openLink(person.page, invitation);
  await person.page.getByText('Where do you manage your people?').waitFor();
  expect([...scanner.complaints, ...person.complaints]).toEqual([]);
});

test.each([
  [
    'was used',
    'This link was opened already',
    async (label: string) => {
      const invitation = await portal.invite(label);
      await openLink((await portal.visit()).page, invitation);
      return invitation;
    },
  ],
  ['has expired', 'This link has ended', (label: string) => portal.invite(label, { life: hour }, 2 * hour)],
  [
    'was revoked',
    'This link was taken back',
    async (label: string) => {
      const invitation = await portal.invite(label);
      await revokeInvitation(portal.deployment, label, invitation.invitationId);
      return invitation;
    },
  ],
  [
    'was cut by a mail program',
    'This link is not complete',
    async (label: string) => {
      const invitation = await portal.invite(label);
      return { ...invitation, url: invitation.url.slice(0, -10) };
    },
  ],
])('a link that %s says so, and what to do', async (what, title, make) => {
  const label = what.replaceAll(' ', '-');
  await portal.tenant({ label });
  const invitation = await make(label);
  const { page, complaints } = await portal.visit();
  await page.goto(invitation.url);
  await page.getByRole('heading', { name: title }).waitFor();
  expect(await page.getByLabel('PIN').count()).toBe(0);
  expect(complaints).toEqual([]);
});

test('a browser with the session of another customer keeps it until its person says otherwise', async () => {
  await portal.tenant({ label: 'first' });
  await portal.tenant({ label: 'second' });
  const { page, complaints } = await portal.enter('first', { customer: 'Fabrikam Inc.' });
  const invitation = await portal.invite('second');
  await page.goto(invitation.url);
  await page.getByText('This browser is connecting Fabrikam Inc. at the moment.').waitFor();
  await page.getByLabel('PIN').fill(invitation.pin);
  expect(await page.getByRole('button', { name: 'Yes, connect Contoso Ltd' }).isDisabled()).toBe(true);

  await page.getByRole('button', { name: 'Go on with Fabrikam Inc.' }).click();
  await page.getByRole('heading', { name: 'Connect Fabrikam Inc. to Northwind Analytics' }).waitFor();
  await page.goto(invitation.url);
  await page.getByLabel('PIN').fill(invitation.pin);
  await page.getByLabel('End that, and use this link for Contoso Ltd').check();
  await page.getByRole('button', { name: 'Yes, connect Contoso Ltd' }).click();
  await page.getByRole('heading', { name: 'Connect Contoso Ltd to Northwind Analytics' }).waitFor();
  expect(complaints).toEqual([]);
});

test('a session that the operator ends is over at the next call; without one, the page says how to get in', async () => {
  await portal.tenant({ label: 'ended' });
  const { page, complaints } = await portal.enter('ended');
  await choose(page, 'Okta', 'Not yet');
  for (const { invitationId } of await listInvitations(portal.deployment, 'ended')) {
    await revokeInvitation(portal.deployment, 'ended', invitationId);
  }
  await page.getByRole('heading', { name: 'Your session has ended' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Open the link of your invitation' }).waitFor();
  expect(complaints).toEqual([]);
});

test('who signs out is told before that the link does not work again', async () => {
  await portal.tenant({ label: 'leaving' });
  const { page, complaints } = await portal.enter('leaving');
  await page.getByRole('button', { name: 'Sign out' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(/you need a new one from Northwind/).waitFor();
  expect(await everyView(page, 'portal-sign-out')).toEqual([]);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await page.reload();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await dialog.getByRole('button', { name: 'Sign out for good' }).click();
  await page.getByRole('heading', { name: 'You have signed out' }).waitFor();
  expect(complaints).toEqual([]);
});
