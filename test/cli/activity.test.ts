import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import stringWidth from 'string-width';
import { nameHash } from '../../lambda/activity/keys';
import type { ActivityRow } from '../../lambda/activity/row';
import { putRow } from '../../lambda/store/activity';
import { makeToken } from '../../lambda/tenants/token-format';
import { type Deployment, openDeployment } from '../../operator/connection/open';
import { userBody } from '../directory/requests';
import { rowAt } from '../operator/activity/rows';
import { admin } from './admin';
import { type LocalEndpoint, startLocal } from './local-endpoint';

let endpoint: LocalEndpoint;
let deployment: Deployment;

beforeAll(async () => {
  endpoint = await startLocal({ authorizerCacheSeconds: 0, events: true });
  deployment = await openDeployment({ stack: '', local: endpoint.data });
});

afterAll(async () => {
  deployment.close();
  await endpoint.close();
});

async function put(...rows: readonly ActivityRow[]): Promise<void> {
  const table = deployment.activity;
  if (!table) throw new Error('no table');
  for (const row of rows) await putRow(table, row);
}

const run = (...args: readonly string[]) => admin(['activity', ...args, '--data', endpoint.data]);

/** The rows of a list as JSON lines. */
async function json(...args: readonly string[]): Promise<readonly Record<string, unknown>[]> {
  const { code, out, err } = await run(...args, '--json');
  if (code !== 0) throw new Error(err);
  return out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

const group = '33333333-7f76-453a-919d-413861904646';
const at = '2025-11-27T03:46:12.345Z';
const far = Math.floor(Date.parse('2200-01-01T00:00:00Z') / 1000);
const failure = { kind: 'failure', template: 'createFailed', status: 400, remedy: 'required' } as const;

/** Rows of a tenant: a change, a failure, and an operator's action on the next day in India. */
async function fill(tenantId: string): Promise<void> {
  const { resource: _, ...action } = rowAt(tenantId, 3, {
    request: '9f1c51a5-0000-4000-8000-000000000000',
    time: '2025-11-27T18:30:00.000Z',
    expires: far,
    kind: 'action',
    template: 'tokenRevoked',
    actor: { operator: true, identity: 'arn:aws:sts::123456789012:assumed-role/Operator/eve' },
    values: { credential: '0123456789ab', label: 'okta' },
    personal: {},
  });
  const common = { request: 'JKJaXmPLvHcESHA=', time: at, expires: far } as const;
  await put(
    rowAt(tenantId, 1, { ...common, template: 'created', status: 201 }),
    rowAt(tenantId, 2, {
      ...common,
      ...failure,
      request: 'Failed0000000001',
      resource: { type: 'User' },
      nameHash: nameHash(tenantId, 'User', '山田太郎@example.com'),
      scimType: 'invalidValue',
      personal: { name: '山田太郎@example.com', detail: 'displayName is required.\u001b[31m' },
      milliseconds: 12,
    }),
    action,
  );
}

/** Opens a tenant with rows that are older than the tests, so that they are in the past. */
async function open(label: string) {
  const tenant = await endpoint.createTenant({ label });
  await fill(tenant.tenantId);
  return tenant;
}

/** Runs a command line in a shell, as an operator in India. */
async function shell(command: string): Promise<string> {
  const { stdout } = await promisify(execFile)('bash', ['-o', 'pipefail', '-c', command], {
    env: {
      ...process.env,
      TZ: 'Asia/Kolkata',
      ADMIN: `node ${join(__dirname, '../../bin/scim-admin.js')}`,
      DATA: endpoint.data,
    },
  });
  return stdout;
}

describe('the list', () => {
  test('has the newest row last, local time with its zone, and what to do; each line fits 80 cells', async () => {
    await open('list');
    const out = await shell('$ADMIN activity list --data $DATA');
    expect(out).toBe(
      [
        '2025-11-27 (UTC+05:30)',
        '09:16:12  201  JKJaXmPLvHcESHA=  okta: created user anna@example.com',
        '09:16:12  400  Failed0000000001  okta: displayName is required.\\u{1b}[31m',
        '                                 (creating user 山田太郎@example.com)',
        '               Give the attribute a value in the identity provider, or map it',
        '               from one that has a value. docs/okta.md#oktas-error-messages',
        '2025-11-28 (UTC+05:30)',
        '00:00:00  ok   9f1c51a5-0000-4000-8000-000000000000',
        '                                 operator: revoked token 0123456789ab (okta)',
        '',
      ].join('\n'),
    );
    expect(out.split('\n').filter((line) => stringWidth(line) > 80)).toEqual([]);
  });

  test('can be cut off by head, and goes on a narrow terminal', async () => {
    expect(await shell('$ADMIN activity list --data $DATA | head -n 1')).toBe('2025-11-27 (UTC+05:30)\n');
    const { out } = await admin(['activity', 'list', '--data', endpoint.data], { columns: 60 });
    expect(out.split('\n').filter((line) => stringWidth(line) > 60)).toEqual([]);
  });

  test('is filtered by failures, user, group, credential and time', async () => {
    const { tenantId } = await open('filtered');
    await put(
      rowAt(tenantId, 4, {
        request: 'Group00000000001',
        resource: { type: 'Group', id: group },
        personal: { name: 'Engineering' },
      }),
    );
    const requests = async (...options: readonly string[]) =>
      (await json('filtered', ...options)).map(({ request }) => String(request).slice(0, 5));
    expect(await requests()).toEqual(['JKJaX', 'Faile', '9f1c5', 'Group']);
    expect(await requests('--failed')).toEqual(['Faile']);
    expect(await requests('--user', '2819c223-7f76-453a-919d-413861904646')).toEqual(['JKJaX']);
    expect(await requests('--user', '山田太郎@EXAMPLE.com')).toEqual(['Faile']);
    expect(await requests('--group', 'engineering')).toEqual(['Group']);
    expect(await requests('--credential', 'okta', '--failed')).toEqual(['Faile']);
    expect(await requests('--credential', 'other')).toEqual([]);
    expect(await requests('--since', '2025-11-27T12:00Z')).toEqual(['9f1c5', 'Group']);
  });
});

describe('the export', () => {
  test('is one JSON object per line, with the sentence and what to do', async () => {
    const { tenantId } = await open('lines');
    expect((await json('lines'))[1]).toEqual({
      tenantId,
      rowId: 'row000002',
      time: at,
      kind: 'failure',
      template: 'createFailed',
      sentence: expect.stringMatching(/^displayName is required/),
      request: 'Failed0000000001',
      actor: { credential: '0123456789ab', label: 'okta' },
      resource: { type: 'User' },
      nameHash: expect.any(String),
      changed: ['displayName'],
      status: 400,
      scimType: 'invalidValue',
      remedy: { do: expect.any(String), docs: 'docs/okta.md#oktas-error-messages' },
      milliseconds: 12,
      personal: { name: '山田太郎@example.com', detail: 'displayName is required.\u001b[31m' },
      expires: '2200-01-01T00:00:00.000Z',
    });
  });

  test('is a table for spreadsheets, in which no value is a formula', async () => {
    const { tenantId } = await open('table');
    await put(
      rowAt(tenantId, 4, {
        request: 'Formula000000001',
        agent: '=HYPERLINK("https://example.com")',
        address: '\uff1d1+1',
        personal: { name: '-1+1, "x"', detail: ' @SUM(1)\r\n\u001b[31mred' },
      }),
    );
    const { out } = await run('table', '--csv');
    const lines = out.split('\r\n');
    expect(lines).toHaveLength(1 + 4 + 1);
    expect(lines[0]).toMatch(/^time,request,kind,actor,credential,identity,address,agent,/);
    expect(out).toContain(`,"'=HYPERLINK(""https://example.com"")",`);
    expect(out).toContain(`,"'-1+1, ""x""",`);
    expect(out).toContain(",'\uff1d1+1,");
    expect(out).toContain(",' @SUM(1)\\u{d}\\u{a}\\u{1b}[31mred,");
    expect(out).toContain(',operator,,arn:aws:sts::123456789012:assumed-role/Operator/eve,');
  });
});

describe('activity show', () => {
  test('shows everything about the request that an error names', async () => {
    const { tenantId } = await open('shown');
    await put(
      rowAt(tenantId, 5, {
        ...failure,
        request: 'Everything000001',
        time: at,
        expires: far,
        method: 'POST',
        path: '/Users',
        address: '203.0.113.9',
        agent: 'Okta SCIM Client 1.0.0',
        scimType: 'invalidValue',
        personal: {
          name: 'bob@example.com',
          detail: 'displayName is required.',
          sent: '{"userName":"bob@example.com"}',
        },
        milliseconds: 12,
      }),
    );
    const { out } = await run('show', '400 displayName is required. (request Everything000001)');
    const shown = Object.fromEntries(
      out
        .trimEnd()
        .split('\n')
        .map((line) => [line.slice(0, 12).trim(), line.slice(12)]),
    );
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(shown).toMatchObject({
      What: 'displayName is required (creating user bob@example.com)',
      Tenant: `${tenantId} (shown)`,
      By: 'okta (credential 0123456789ab)',
      From: '203.0.113.9 Okta SCIM Client 1.0.0',
      Request: 'POST /Users (Everything000001)',
      Status: '400 invalidValue',
      'To do': expect.stringContaining('Give the attribute a value'),
      Took: '12 ms',
      Sent: '{"userName":"bob@example.com"}',
    });
  });

  test('says why there may be no row', async () => {
    const { code, err } = await run('show', 'Nothing000000001');
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(/No activity that is kept has the request id "Nothing0+1": copy it whole/),
    ]);
  });
});

test('--follow shows new rows as they come, each once, until it is interrupted', async () => {
  const { tenantId } = await endpoint.createTenant({ label: 'followed' });
  const interruption = new AbortController();
  const now = (second: number) =>
    rowAt(tenantId, second, { time: new Date().toISOString(), request: `request${second}` });
  await put(now(1));
  const running = admin(['activity', 'followed', '--follow', '--json', '--data', endpoint.data], {
    interrupted: interruption.signal,
    onOutput: (text) => {
      if (text.includes('request1')) put(now(2)).catch(() => {});
      if (text.includes('request2')) interruption.abort();
    },
  });
  const { code, out } = await running;
  expect(code).toBe(0);
  expect(out.match(/"request":"request\d"/g)).toEqual(['"request":"request1"', '"request":"request2"']);
});

test('--refused reads refused credentials from the log, and says what to do', async () => {
  const { baseUrl, tenantId } = await endpoint.createTenant({ label: 'refused' });
  expect((await run('refused', '--refused')).out).toMatch(/^No credential of tenant refused was refused since /);
  const unknown = makeToken({ tenantId, credentialId: 'zzzzzzzzzzzz' });
  for (const _ of [1, 2]) await fetch(`${baseUrl}/Users`, { headers: { Authorization: `Bearer ${unknown}` } });
  const { code, out } = await run('refused', '--refused', '--since', '5m');
  expect(code).toBe(0);
  expect(out).toMatch(
    /^zzzzzzzzzzzz: there is no such credential: [^,]*, or belongs to another\ndeployment\n {2}2 times, /,
  );
  expect(out).toContain('Create another one and paste it into the identity provider.');
});

test('--refused names a client that the token endpoint refused by where it was refused', async () => {
  const { baseUrl } = await endpoint.createTenant({ label: 'signing' });
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: 'zzzzzzzzzzzz',
    client_secret: 'no',
  });
  const { status } = await fetch(baseUrl.replace('/scim/v2', '/oauth2/token'), { method: 'POST', body });
  expect(status).toBe(401);
  const { out } = await run('signing', '--refused');
  expect(out.replace(/\s+/g, ' ')).toMatch(
    /^A client, at the token endpoint: client identifier, .* once, .* Paste all three again, as "client create" printed them\. $/,
  );
});

test('activity record sets until when bodies are kept, and stops it, and both are rows', async () => {
  const { tenantId } = await endpoint.createTenant({ label: 'recorded' });
  expect((await run('record', 'recorded', '--for', '2h')).out).toMatch(
    /^The bodies of the requests of tenant recorded are recorded until /,
  );
  const { recordUntil = '' } = await deployment.services.tenants.readState(tenantId);
  expect(Math.abs(Date.parse(recordUntil) - Date.now() - 2 * 3_600_000)).toBeLessThan(60_000);
  await run('record', 'recorded', '--stop');
  expect(await deployment.services.tenants.readState(tenantId)).not.toHaveProperty('recordUntil');
  expect((await json('recorded')).map(({ template }) => template)).toEqual(['recordingStarted', 'recordingStopped']);
});

test('what operators did to a tenant can be read after it is deleted, by its id', async () => {
  const { tenantId } = await endpoint.createTenant({ label: 'gone' });
  const place = ['--data', endpoint.data];
  await admin(['tenant', 'rename', 'gone', 'going', ...place]);
  await admin(['tenant', 'delete', 'going', '--yes', '--no-wait', ...place]);
  expect((await json(tenantId)).map(({ sentence }) => sentence)).toEqual([
    'renamed the tenant gone to going',
    'deleted the tenant going',
  ]);
});

describe('user erase', () => {
  const until = async <Found>(look: () => Promise<Found | undefined>): Promise<Found> => {
    for (;;) {
      const found = await look();
      if (found !== undefined) return found;
      await sleep(20);
    }
  };
  const erase = (...args: readonly string[]) => admin(['user', 'erase', ...args, '--yes', '--data', endpoint.data]);

  test('clears the name of a user from the activity, and leaves that something happened', async () => {
    const { baseUrl, token } = await endpoint.createTenant({ label: 'erasing' });
    const post = (body: object) =>
      fetch(`${baseUrl}/Users`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json' },
        body: JSON.stringify(body),
      });
    await post({ userName: 'anna@example.com' });
    const { id } = (await (await post(userBody('anna'))).json()) as { id: string };
    // Another user wants the same address.
    await post({ ...userBody('ben'), emails: [{ value: 'anna@example.com', primary: true }] });
    const before = await until(async () => {
      const rows = await json('erasing');
      return rows.length === 3 ? rows : undefined;
    });
    expect(JSON.stringify(before)).toContain('anna@example.com');

    const { code, out } = await erase('erasing', 'anna@example.com');
    expect([code, out]).toEqual([
      0,
      `Erased: user ${id} (anna@example.com) with its memberships. Its name is cleared from 3 rows of activity.\n`,
    ]);
    const after = await until(async () => {
      const rows = await json('erasing');
      return rows.length === 5 ? rows : undefined;
    });
    expect(JSON.stringify(after)).not.toMatch(/anna/);
    expect(after.map(({ sentence }) => sentence).sort()).toEqual(
      [
        `created user ${id}`,
        `erased user ${id}`,
        `erased user ${id}`,
        'refused (creating user)',
        'refused (creating user)',
      ].sort(),
    );
    expect((await erase('erasing', 'anna@example.com')).err).toContain('Tenant erasing has no User');
  });

  test('erases one that was never created, of which only the activity knows', async () => {
    const { tenantId } = await open('never');
    const { out } = await erase('never', '山田太郎@example.com');
    expect(out).toBe(
      'Erased: what the activity has of user 山田太郎@example.com. Its name is cleared from 1 row of activity.\n',
    );
    expect(JSON.stringify(await json(tenantId))).not.toContain('山田太郎');
    expect((await erase('never', '山田太郎@example.com')).code).toBe(1);
  });
});
