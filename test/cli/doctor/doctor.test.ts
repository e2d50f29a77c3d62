import type { Check, Verdict } from '../../../doctor/verdict';
import type { TenantAccess } from '../../../local/endpoint';
import { admin, adminJson } from '../admin';
import { type LocalEndpoint, startLocal } from '../local-endpoint';
import { startBroken } from './broken-endpoint';
import { faults } from './faults';

interface Report {
  readonly failed: number;
  readonly notes: number;
  readonly notDone: number;
  readonly ended?: string;
  readonly left: readonly string[];
  readonly checks: readonly Check[];
}

let endpoint: LocalEndpoint;
let tenant: TenantAccess;

beforeAll(async () => {
  endpoint = await startLocal();
  tenant = await endpoint.createTenant({ label: 'doctor' });
  const name = { givenName: 'Ida', familyName: 'Resident' };
  await create('Users', { userName: 'resident', displayName: 'Ida', name });
  await create('Groups', { displayName: 'Residents' });
});

afterAll(() => endpoint.close());

async function doctor(baseUrl: string, token: string, ...options: readonly string[]) {
  const { code, out } = await admin(['doctor', baseUrl, '--token', token, '--json', ...options]);
  return { code, report: JSON.parse(out) as Report };
}

const named = ({ checks }: Report, ...verdicts: readonly Verdict[]) =>
  checks.filter(({ verdict }) => verdicts.includes(verdict)).map(({ title, name }) => `${title}: ${name}`);

interface Stats {
  readonly tenantId: string;
  readonly users: number;
  readonly groups: number;
}

const stats = () => adminJson<readonly Stats[]>('stats', '--data', endpoint.data);

async function create(type: string, body: object): Promise<void> {
  const headers = { Authorization: `Bearer ${tenant.token}`, 'Content-Type': 'application/scim+json' };
  await fetch(`${tenant.baseUrl}/${type}`, { method: 'POST', headers, body: JSON.stringify(body) });
}

async function erase(urls: readonly string[]): Promise<void> {
  const headers = { Authorization: `Bearer ${tenant.token}` };
  await Promise.all(urls.map((url) => fetch(url, { method: 'DELETE', headers })));
}

test.each(['identity-center', 'standard'] as const)(
  'our own endpoint is well in the profile %s, and left as it was',
  async (profile) => {
    const { baseUrl, token, tenantId } = await endpoint.createTenant({ label: `well-${profile}`, profile });
    const { code, report } = await doctor(baseUrl, token, '--write');
    expect(code).toBe(0);
    expect(named(report, 'failed', 'not done')).toEqual([]);
    expect(named(report, 'note').filter((name) => name !== 'Okta acceptance: groups come within 600 ms')).toEqual([
      'Base URL: is https',
    ]);
    expect(report.checks.length).toBeGreaterThan(100);
    expect(report.left).toEqual([]);
    expect(await stats()).toContainEqual(expect.objectContaining({ tenantId, users: 0, groups: 0 }));
  },
);

test('without --write nothing is written', async () => {
  const { code, report } = await doctor(tenant.baseUrl, tenant.token);
  expect(code).toBe(0);
  expect(report.checks.flatMap(({ exchange }) => exchange?.method ?? [])).not.toContain('POST');
});

test.each(faults.map((one) => [one.fault, one] as const))(
  'an endpoint that %s is found out, and left clean',
  async (_, fault) => {
    const broken = await startBroken(tenant.baseUrl, fault);
    const { code, report } = await doctor(broken.baseUrl, tenant.token, '--write');
    await broken.close();
    expect(code).toBe(1);
    expect(named(report, 'failed', 'not done')).toEqual(expect.arrayContaining([...fault.foundBy]));
    for (const { verdict, found, matters, cure } of report.checks) {
      if (verdict === 'failed') expect([found.join(), matters, cure]).not.toContain('');
    }
    // Existing users stay, and resources that could not be deleted are reported.
    const { users, groups } = (await stats()).find(({ tenantId }) => tenantId === tenant.tenantId) ?? {};
    const leftGroups = report.left.filter((url) => url.includes('/Groups/')).length;
    expect([users, groups]).toEqual([1, 1 + leftGroups]);
    expect(leftGroups > 0).toBe(fault.fault === 'only says that it deletes');
    await erase(report.left.map((url) => url.replace(broken.baseUrl, tenant.baseUrl)));
  },
);

describe('what people see', () => {
  test('each failure says what was sent, what came back, why it matters and what to do, and never the token', async () => {
    const [noMatch] = faults;
    const broken = await startBroken(tenant.baseUrl, noMatch ?? {});
    const { code, out, err } = await admin(['doctor', broken.baseUrl, '--token', '-'], { stdin: `${tenant.token}\n` });
    await broken.close();
    expect(code).toBe(1);
    expect(out).toMatch(
      /^FAILED {2}Okta match: an unknown user is an empty list {2}\(GET \/Users\?filter=userName eq ".*: 404, \d+ ms\)\n {10}found {5}status: expected 200, got 404\n/m,
    );
    expect(out).toMatch(/^ {10}sent {6}GET http:\/\/127\.0\.0\.1:\d+\/Users\?filter=/m);
    expect(out).toMatch(/^ {10}came back 404 \{\}$/m);
    expect(out).toMatch(/^ {10}matters {3}Every client searches before it creates/m);
    expect(out).toMatch(/^ {10}do {8}Return 200 with "totalResults": 0/m);
    expect(out).toMatch(/^\d+ ok, \d+ failed, \d+ notes, 0 not done\.$/m);
    expect(out + err).not.toContain(tenant.token);
  });

  test('a wrong token ends it after the first questions, with the cure', async () => {
    const token = `${tenant.token.slice(0, -1)}-`;
    const { code, out } = await admin(['doctor', tenant.baseUrl, '--token', token]);
    expect(code).toBe(1);
    expect(out).toContain('its checksum is wrong: a part is missing or changed');
    expect(out).toMatch(
      /^FAILED {2}Test API Credentials: users are listed {2}\(GET \/Users\?startIndex=1&count=2: 401/m,
    );
    expect(out).toContain('found     status: expected 200, got 401\n          sent ');
    expect(out).toContain('The checks ended there');
    expect(out).not.toContain('Okta match');
  });

  test('if the endpoint does not respond, it says what to check, and does not mention tokens', async () => {
    const { code, out } = await admin(['doctor', 'http://127.0.0.1:1/scim/v2', '--token', tenant.token]);
    expect(code).toBe(1);
    expect(out).toMatch(
      /^FAILED {2}Test API Credentials: users are listed .*no answer\)\n +found +no response: connect ECONNREFUSED/m,
    );
    expect(out).toContain(
      'do        Nothing listens there. Start the endpoint, or correct host and port of the Base URL.\n',
    );
    expect(out).not.toContain('401: the token');
  });

  test.each([
    [401, '{}', 'status: expected 200, got 401', 'does not accept this token'],
    [403, '{}', 'status: expected 200, got 403', 'belongs to another tenant'],
    [404, '{}', 'status: expected 200, got 404', 'no SCIM endpoint at this address'],
    [502, 'Bad Gateway', 'status: expected 200, got 502', 'The endpoint failed'],
    [200, '<!DOCTYPE html><title>Welcome</title>', 'this is a web page, not SCIM', 'not the address of a site'],
    [404, '<html>No such page</html>', 'this is a web page, not SCIM', 'not the address of a site'],
    [302, '', 'it redirects to /login', 'address of the SCIM endpoint itself'],
  ])('a first response %s %s gets the one cause that it has', async (status, text, found, cure) => {
    const broken = await startBroken(tenant.baseUrl, { ask: () => ({ status, text }) });
    const { report } = await doctor(broken.baseUrl, tenant.token);
    await broken.close();
    const first = report.checks.find(({ name }) => name === 'users are listed');
    expect(first?.found.join()).toContain(found);
    expect(first?.cure).toContain(cure);
    expect(first?.cure).not.toMatch(/\d{3}:/);
  });

  test('without a token it says how to give one', async () => {
    expect(await admin(['doctor', tenant.baseUrl])).toEqual({
      code: 1,
      out: '',
      err: 'scim-admin: There is no token: pass --token, or "--token -" to read it from standard input, or set SCIM_TOKEN.\n',
    });
  });

  test('an interrupted examination cleans up, says so, and calls nothing failed that it cut off', async () => {
    const interruption = new AbortController();
    const broken = await startBroken(tenant.baseUrl, {
      answer: (answered, { method, path }) => {
        if (method === 'POST' && path === '/Groups') interruption.abort();
        return answered;
      },
    });
    const command = ['doctor', broken.baseUrl, '--token', tenant.token, '--write'];
    const { code, out, err } = await admin(command, { interrupted: interruption.signal });
    await broken.close();
    expect(out).not.toContain('FAILED');
    expect(out).toMatch(/^- {7}.*: no answer\)$/m);
    expect({ code, err }).toEqual({
      code: 130,
      err: 'scim-admin: Interrupted: the test users and groups are deleted.\n',
    });
    expect(await stats()).toContainEqual(expect.objectContaining({ tenantId: tenant.tenantId, users: 1, groups: 1 }));
  });
});
