import { createInvitation } from '../../operator/invitations/invitations';
import { putInvitation } from '../../operator/store/invitations';
import { Browser } from '../portal/client';
import { placeOf } from '../portal/set-up';
import { admin, adminJson } from './admin';
import { type LocalEndpoint, startLocal } from './local-endpoint';

let endpoint: LocalEndpoint;
const run = (...args: readonly string[]) => admin([...args, '--data', endpoint.data]);
const json = <Data>(...args: readonly string[]) => adminJson<Data>(...args, '--data', endpoint.data);

interface Made {
  readonly tenantId: string;
  readonly invitationId: string;
  readonly url: string;
  readonly pin: string;
  readonly expires: string;
}

interface Listed {
  readonly invitationId: string;
  readonly state: string;
}

beforeAll(async () => {
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  endpoint = await startLocal();
  for (const label of ['acme', 'other', 'empty']) await endpoint.createTenant({ label });
});

afterAll(async () => {
  await endpoint.close();
  jest.restoreAllMocks();
});

/** Opens a link, as its customer does. */
async function open({ url, pin }: Pick<Made, 'url' | 'pin'>): Promise<Browser> {
  const [page = '', code = ''] = url.split('#');
  const browser = new Browser(page);
  await browser.get('invitation.open', { code, pin });
  return browser;
}

test('tenant invite prints a link that opens with its PIN, and how to send them', async () => {
  const { code, out, err } = await run('tenant', 'invite', 'acme', '--customer', 'Acme GmbH', '--scope', 'manage');
  expect(code).toBe(0);
  expect(out).toMatch(/^Invitation {2}[a-z0-9]{12} \(manage\)$/m);
  const [, url = ''] = /^Link {8}(http:\/\/127\.0\.0\.1:\d+\/prod\/portal#spi_\w+)$/m.exec(out) ?? [];
  const [, pin = ''] = /^PIN {9}(\d{6})$/m.exec(out) ?? [];
  expect(err).toBe(
    'Send the link, and the PIN by another channel, such as a call. Neither is shown again. The link opens once.\n',
  );
  const session = await (await open({ url, pin })).get('session.get', {});
  expect(session).toMatchObject({ customer: 'Acme GmbH', scope: 'manage' });
});

test('tenant invite without options is for setting up, for seven days, by the label of the tenant', async () => {
  const made = await json<Made>('tenant', 'invite', 'acme');
  const days = (Date.parse(made.expires) - Date.now()) / 86_400_000;
  expect([days > 6.9, days <= 7]).toEqual([true, true]);
  expect(await (await open(made)).get('session.get', {})).toMatchObject({ customer: 'acme', scope: 'setup' });
});

test.each([
  ['a scope that there is not', ['--scope', 'all'], /Allowed choices are setup, manage/],
  ['a time that is no time', ['--expires', 'soon'], /--expires/],
  ['less than an hour', ['--expires', '5m'], /one hour to 90 days/],
  ['more than 90 days', ['--expires', '91d'], /one hour to 90 days/],
  ['a name that controls the terminal', ['--customer', '\u001b[2J'], /none that control a terminal/],
  ['an address that is not on the list', ['--return-url', 'javascript:alert(1)'], /must not lead to "javascript:/],
])('tenant invite refuses %s, and invites nobody', async (_, options, message) => {
  const { code, out, err } = await run('tenant', 'invite', 'empty', ...options);
  expect([code === 0, out]).toEqual([false, '']);
  expect(err).toMatch(message);
  expect(err).not.toContain('\u001b');
  expect(await json<readonly Listed[]>('tenant', 'invites', 'empty')).toEqual([]);
});

test('tenant invites shows what became of each, the latest first, and nothing that opens one', async () => {
  expect((await run('tenant', 'invites', 'empty')).out).toBe('There are no invitations.\n');
  const used = await json<Made>('tenant', 'invite', 'other');
  await open(used);
  const waiting = await json<Made>('tenant', 'invite', 'other', '--customer', 'Otherwise');
  const { out } = await run('tenant', 'invites', 'other');
  const [head = '', ...rows] = out.trimEnd().split('\n');
  expect(head).toMatch(
    /^INVITATION +SCOPE +CUSTOMER +STATE +CREATED \(UTC\) +EXPIRES \(UTC\) +OPENED \(UTC\) +WRONG PINS$/,
  );
  expect(rows).toEqual([
    expect.stringMatching(new RegExp(`^${waiting.invitationId} +setup +Otherwise +open .* 0$`)),
    expect.stringMatching(new RegExp(`^${used.invitationId} +setup +other +used .* 0$`)),
  ]);
  const listed = out + JSON.stringify(await json('tenant', 'invites', 'other'));
  for (const { url, pin } of [used, waiting]) {
    expect(listed).not.toContain(url.split('#')[1]);
    expect(listed).not.toMatch(new RegExp(`\\b${pin}\\b`));
  }
  expect(listed).not.toMatch(/hash/i);
});

test('a name in the table that would control the terminal is shown as escapes', async () => {
  const { tables } = placeOf(endpoint);
  const { tenantId } = await json<Made>('tenant', 'create', 'hostile');
  const now = Date.now();
  await putInvitation(tables, {
    tenantId,
    invitationId: 'abcdefghijkl',
    scope: 'setup',
    customer: '\u001b]0;owned\u0007\u009b2J\u202eevil\nsecond line',
    created: new Date(now).toISOString(),
    until: new Date(now + 3_600_000).toISOString(),
    codeHash: '',
    pinHash: '',
    attempts: 0,
  });
  const { out } = await run('tenant', 'invites', 'hostile');
  expect(out).toContain('\\u{1b}]0;owned\\u{7}\\u{9b}2J\\u{202e}evil\\u{a}second line');
  const inJson = await admin(['tenant', 'invites', 'hostile', '--json', '--data', endpoint.data]);
  for (const control of ['\u001b', '\u0007', '\u009b', '\u202e']) expect(out + inJson.out).not.toContain(control);
});

test('invite revoke asks, then ends the link and the session that it opened', async () => {
  const made = await json<Made>('tenant', 'invite', 'acme');
  const browser = await open(made);
  const command = ['invite', 'revoke', 'acme', made.invitationId];
  const refused = await run(...command);
  expect([refused.code === 0, refused.out]).toEqual([false, '']);
  const mistyped = await admin([...command, '--data', endpoint.data], { types: 'other' });
  expect(mistyped.code).not.toBe(0);
  expect((await browser.call('session.get', {})).status).toBe(200);
  const typed = await admin([...command, '--data', endpoint.data], { types: 'acme' });
  expect(typed).toMatchObject({
    code: 0,
    out: `Invitation ${made.invitationId} of tenant ${made.tenantId} (acme) is revoked; its session has ended.\n`,
  });
  expect((await browser.call('session.get', {})).status).toBe(401);
  const again = await run(...command, '--yes');
  expect(again.code).not.toBe(0);
  expect(again.err).toContain(`has no invitation "${made.invitationId}" that is not revoked`);
});

test('invite revoke finds an invitation in its own tenant only', async () => {
  const made = await createInvitation(placeOf(endpoint), 'acme');
  const { code, err } = await run('invite', 'revoke', 'other', made.invitationId, '--yes');
  expect([code === 0, err]).toEqual([false, expect.stringContaining('Tenant other has no invitation')]);
  const listed = await json<readonly Listed[]>('tenant', 'invites', 'acme');
  expect(listed.find(({ invitationId }) => invitationId === made.invitationId)?.state).toBe('open');
});

test('who invited and revoked is in the activity of the tenant', async () => {
  await json('tenant', 'create', 'recorded');
  const { invitationId } = await json<Made>('tenant', 'invite', 'recorded');
  await json('invite', 'revoke', 'recorded', invitationId, '--yes');
  const out = (await run('activity', 'recorded')).out.replace(/\s+/g, ' ');
  expect(out).toContain(`invited the administrator to the portal, scope setup, invitation ${invitationId}`);
  expect(out).toContain(`revoked invitation ${invitationId} to the portal`);
});
