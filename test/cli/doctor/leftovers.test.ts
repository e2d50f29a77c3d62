import { sweepLeftovers } from '../../../doctor/leftovers';
import type { Check } from '../../../doctor/verdict';
import { isTestName } from '../../../lambda/directory/test-domain';
import type { TenantAccess } from '../../../local/endpoint';
import { sendHttp } from '../../../traffic/send';
import { admin } from '../admin';
import { type LocalEndpoint, startLocal } from '../local-endpoint';
import { type Asked, startBroken } from './broken-endpoint';

let endpoint: LocalEndpoint;
let tenant: TenantAccess;
beforeAll(async () => {
  endpoint = await startLocal();
});
beforeEach(async () => {
  tenant = await endpoint.createTenant({ label: `left-${Date.now()}`, profile: 'standard' });
});
afterAll(() => endpoint.close());

async function send(method: string, path: string, body?: object) {
  const headers = { Authorization: `Bearer ${tenant.token}`, 'Content-Type': 'application/scim+json' };
  const init = { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) };
  const text = await (await fetch(`${tenant.baseUrl}${path}`, init)).text();
  return (text === '' ? {} : JSON.parse(text)) as { readonly id: string; readonly totalResults: number };
}

const doctor = async (baseUrl = tenant.baseUrl) =>
  (await admin(['doctor', baseUrl, '--token', tenant.token, '--write'])).out;

const names = (value: unknown): readonly string[] => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    ['userName', 'displayName'].includes(key) && typeof part === 'string' ? [part] : names(part),
  );
};

test('every user and group has a name under doctor.invalid, whatever changes it', async () => {
  const asked: Asked[] = [];
  const watched = await startBroken(tenant.baseUrl, {
    ask: (one) => {
      asked.push(one);
      return one;
    },
  });
  await doctor(watched.baseUrl);
  await watched.close();
  const users = asked.flatMap(({ body }) =>
    body && 'userName' in Object(body) ? [Object(body).userName as string] : [],
  );
  expect(users.length).toBeGreaterThan(10);
  expect(users.filter((name) => !isTestName(name))).toEqual([]);
  const groups = asked.filter(({ method, path }) => method !== 'GET' && path.startsWith('/Groups'));
  const renamed = groups.flatMap(({ body }) => names(body));
  expect(renamed.length).toBeGreaterThan(5);
  expect(renamed.filter((name) => !isTestName(name))).toEqual([]);
});

describe('what a run that was ended by force left', () => {
  const later = new Date(Date.now() + 3_600_000);

  async function sweep(baseUrl: string, now = later) {
    const patient = { baseUrl, token: tenant.token, send: sendHttp, stopped: new AbortController().signal };
    const shown: Check[] = [];
    const [check] = await sweepLeftovers(patient, now, (one) => shown.push(one));
    expect(shown).toEqual([check]);
    return check;
  }

  async function sweepBroken(refused: RegExp) {
    const broken = await startBroken(tenant.baseUrl, {
      ask: (asked) => (refused.test(asked.path) ? { status: 400, body: {} } : asked),
    });
    return await sweep(broken.baseUrl).finally(broken.close);
  }

  beforeEach(async () => {
    for (const userName of [
      'a@doctor.invalid',
      'b@DOCTOR.INVALID',
      'c@notdoctor.invalid',
      'doctor.invalid@example.com',
    ])
      await send('POST', '/Users', { userName });
    await send('POST', '/Groups', { displayName: 'Engineering x.doctor.invalid' });
    await send('POST', '/Groups', { displayName: 'Engineering' });
  });

  test('is deleted, and nothing else is', async () => {
    const check = await sweep(tenant.baseUrl);
    expect(check).toMatchObject({ verdict: 'note', name: '3 left by an earlier run are deleted' });
    expect(check?.found).toHaveLength(3);
    expect((await send('GET', '/Users')).totalResults).toBe(2);
    expect((await send('GET', '/Groups')).totalResults).toBe(1);
    expect(await sweep(tenant.baseUrl)).toMatchObject({ verdict: 'ok', name: 'nothing is left by an earlier run' });
  });

  test('is left alone while the other run may not have ended', async () => {
    expect(await sweep(tenant.baseUrl, new Date())).toMatchObject({ verdict: 'ok' });
    expect((await send('GET', '/Users')).totalResults).toBe(4);
  });

  test('is found in a directory that refuses a search without an index', async () => {
    expect(await sweepBroken(/filter=(?:userName|displayName)%20ew/)).toMatchObject({
      name: '3 left by an earlier run are deleted',
    });
  });

  test('is named if the endpoint cannot search for it', async () => {
    expect(await sweepBroken(/%20ew%20/)).toMatchObject({
      verdict: 'note',
      name: 'an earlier run may have left some',
      found: [expect.stringMatching(/^GET \/Users\?filter=.* 400$/), expect.stringMatching(/^GET \/Groups.* 400$/)],
      cure: 'Delete users and groups whose name ends with doctor.invalid by hand, if there are any.',
    });
  });
});
