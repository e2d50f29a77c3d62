import type { ClientRecord } from '../../lambda/tenants/client';
import { reportExpiry } from '../../lambda/tenants/expiry';
import type { Tenant, TokenRecord } from '../../lambda/tenants/tenant';

const now = new Date();
const inDays = (days: number) => new Date(now.getTime() + days * 24 * 3_600_000).toISOString();
const token = (days: number, lastUse?: number): TokenRecord => ({
  scope: 'scim',
  created: inDays(-400),
  expires: inDays(days),
  ...(lastUse === undefined ? {} : { lastUse: inDays(lastUse) }),
});

function tenant(tokens: Readonly<Record<string, TokenRecord>>, state: Tenant['state'] = 'enabled'): Tenant {
  return {
    tenantId: 't',
    label: 'label',
    profile: 'standard',
    state,
    created: inDays(-400),
    tokens: new Map(Object.entries(tokens)),
    clients: new Map(),
  };
}

async function report(...tenants: readonly Tenant[]) {
  const logged: Readonly<Record<string, unknown>>[] = [];
  const list = async function* () {
    yield* await Promise.resolve(tenants);
  };
  await reportExpiry(list(), (entry) => logged.push(entry), now, 'table');
  return {
    warned: logged
      .filter(({ level }) => level === 'warn')
      .map(({ credentialId, daysLeft }) => [credentialId, daysLeft]),
    metrics: logged.filter((entry) => '_aws' in entry),
  };
}

test('the fewest days of any token are one metric', async () => {
  const { metrics } = await report(tenant({ a: token(300), b: token(200) }), tenant({ c: token(250.9) }));
  expect(metrics).toEqual([
    {
      level: 'info',
      DirectoryTable: 'table',
      DaysToTokenExpiry: 200,
      _aws: {
        Timestamp: now.getTime(),
        CloudWatchMetrics: [
          {
            Namespace: 'ServerlessScim',
            Dimensions: [['DirectoryTable']],
            Metrics: [{ Name: 'DaysToTokenExpiry', Unit: 'Count' }],
          },
        ],
      },
    },
  ]);
});

test('each token within 90 days of its end is logged, also past it', async () => {
  const { warned, metrics } = await report(
    tenant({ far: token(91), near: token(90), last: token(0.5), past: token(-1) }),
  );
  expect(warned).toEqual([
    ['near', 90],
    ['last', 0],
    ['past', -1],
  ]);
  expect(metrics).toMatchObject([{ DaysToTokenExpiry: -1 }]);
});

test.each<[string, readonly number[], Readonly<Record<string, TokenRecord>>]>([
  ['a token whose successor is in use is not missed', [200], { old: token(1, -3), young: token(200, -1) }],
  ['an old token that is still the one in use is', [1], { old: token(1, -1), young: token(200, -3) }],
  ['an old token whose successor was never used is', [1], { old: token(1, -1), young: token(200) }],
  ['a token never used, beside a later one in use, is not', [200], { spare: token(1), used: token(200, -1) }],
  ['of two never used the earlier counts', [1], { one: token(1), two: token(200) }],
])('%s', async (_, [days], tokens) => {
  expect((await report(tenant(tokens))).metrics).toMatchObject([{ DaysToTokenExpiry: days }]);
});

const client = (...ends: readonly number[]): ClientRecord => ({
  scope: 'scim',
  created: inDays(-400),
  version: 1,
  accessTokenSeconds: 3600,
  secrets: ends.map((days) => ({ hash: '', created: inDays(-400), expires: inDays(days) })),
  keys: [],
  trusts: [],
});

test.each([
  ['the secret of a client counts as a token does', [5], 5],
  ['of two live secrets the first to end counts: it may be the one in use', [5, 700], 5],
  ['a secret that has ended does not count while another is live', [-5, 700], 700],
  ['if all have ended, the last one counts', [-50, -5], -5],
])('%s', async (_, ends, days) => {
  const { warned, metrics } = await report({ ...tenant({}), clients: new Map([['c', client(...ends)]]) });
  expect(metrics).toMatchObject([{ DaysToTokenExpiry: days }]);
  expect(warned).toEqual(days > 90 ? [] : [['c', days]]);
});

test('a client without secrets has no end', async () => {
  const { metrics } = await report({ ...tenant({}), clients: new Map([['c', client()]]) });
  expect(metrics).toEqual([]);
});

test('an unreadable tenant fails the report, after the other tenants are reported', async () => {
  const logged: Readonly<Record<string, unknown>>[] = [];
  const list = async function* () {
    yield await Promise.resolve(tenant({ near: token(3) }));
    throw new Error('unreadable');
  };
  await expect(reportExpiry(list(), (entry) => logged.push(entry), now, 'table')).rejects.toThrow('unreadable');
  expect(logged).toMatchObject([{ credentialId: 'near', daysLeft: 3 }, { DaysToTokenExpiry: 3 }]);
});

test('a disabled tenant needs no token, and without tokens there is no metric', async () => {
  expect(await report(tenant({ a: token(1) }, 'disabled'), tenant({}))).toEqual({ warned: [], metrics: [] });
});
