import { randomUUID } from 'node:crypto';
import type { Context } from 'aws-lambda';
import { type FunctionName, functions } from '../../deployment/functions';
import { DynamoStore } from '../../lambda/store/dynamo-store';
import { tablesFromEnvironment } from '../../lambda/store/tables';
import { type Endpoint, startEndpoint } from '../../local/endpoint';
import { type Guarded, guard } from './guard';
import { type Policy, synthesizedPolicies } from './policy';
import { playPortal } from './portal-traffic';
import { askForToken, playRequests, sender, sweepMessage } from './traffic';

let endpoint: Endpoint;
const policies: ReadonlyMap<string, Policy> = synthesizedPolicies();
const guarded = new Map<FunctionName, Guarded>();

beforeAll(async () => {
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  for (const { name } of functions) guarded.set(name, await guard(name, policies.get(name) as Policy));
  const handlers = Object.fromEntries([...guarded].map(([name, { handler }]) => [name, handler]));
  endpoint = await startEndpoint({ memory: true, handlers, events: true });
});

afterAll(async () => {
  await endpoint.close();
  for (const each of guarded.values()) await each.close();
  jest.restoreAllMocks();
});

/** A deletion whose request left a membership that another one wrote late. */
async function sweepLate(tenantId: string, group: string, member: string): Promise<void> {
  await new DynamoStore(tablesFromEnvironment()).changeMembers(tenantId, group, [{ value: member }], []);
  const message = sweepMessage(tenantId, 'Group', group);
  await guarded.get('changes')?.handler(message as never, {} as Context);
}

const unused = () =>
  [...policies].flatMap(([name, { unused: needless }]) => [...needless].map((each) => `${name}: ${each}`));

test('no function asks for more than its policy allows, and none is allowed more than it asks for', async () => {
  const tenant = await endpoint.createTenant({ label: 'acme', profile: 'standard' });
  const send = sender(tenant);
  await playRequests(send);
  expect(await askForToken(tenant)).toBe(401);
  const { id } = await send('POST', '/Groups', { displayName: 'Late' });
  await send('DELETE', `/Groups/${id}`);
  await sweepLate(tenant.tenantId, String(id), randomUUID());
  await playPortal(endpoint, tenant).catch((error: unknown) => {
    throw new Error(guarded.get('portal')?.refused.join(', ') || String(error), { cause: error });
  });
  await guarded.get('expiry')?.handler({} as never, {} as Context);
  // The changes arrive after the responses.
  await endpoint.settled();
  expect([...guarded].flatMap(([name, { refused }]) => refused.map((access) => `${name}: ${access}`))).toEqual([]);
  expect(unused()).toEqual([]);
}, 400_000);

const onDirectory = (action: string, ...keys: string[]) => ({
  action: `dynamodb:${action}`,
  resource: 'TablesDirectory.Arn',
  keys,
});

test.each(['users', 'groups', 'bulk', 'search', 'changes'])(
  'IAM denies %s the items of tenants and their labels',
  (name) => {
    const policy = policies.get(name) as Policy;
    for (const key of ['TENANT', 'TENANT-LABEL#acme']) {
      for (const action of ['GetItem', 'Query', 'UpdateItem', 'PutItem', 'DeleteItem', 'ConditionCheckItem']) {
        expect([action, key, policy.allows(onDirectory(action, key))]).toEqual([action, key, false]);
      }
      expect(policy.allows(onDirectory('BatchGetItem', 'tenantaaaaaa#USER', key))).toBe(false);
      expect(policy.allows(onDirectory('BatchWriteItem', 'tenantaaaaaa#USER', key))).toBe(false);
    }
    expect(policy.allows(onDirectory('BatchGetItem', 'tenantaaaaaa#USER'))).toBe(true);
  },
);

test('discovery may update when a token was used, and nothing else', () => {
  const policy = policies.get('discovery') as Policy;
  const keys = ['tenantaaaaaa#USE', 'tenantaaaaaa#USER', 'TENANT'];
  expect(keys.map((key) => policy.allows(onDirectory('UpdateItem', key)))).toEqual([true, false, false]);
  expect(policy.allows(onDirectory('GetItem', 'tenantaaaaaa#USE'))).toBe(false);
});

test('IAM lets the portal read and change one tenant by its id, and neither list nor delete one', () => {
  const policy = policies.get('portal') as Policy;
  const actions = [
    'GetItem',
    'UpdateItem',
    'Query',
    'Scan',
    'BatchGetItem',
    'PutItem',
    'DeleteItem',
    'ConditionCheckItem',
  ];
  const allowed = (...keys: string[]) => actions.filter((action) => policy.allows(onDirectory(action, ...keys)));
  expect(allowed('TENANT')).toEqual(['GetItem', 'UpdateItem']);
  expect(allowed('TENANT-LABEL#acme')).toEqual([]);
  expect(allowed()).toEqual([]);
  expect(allowed('tenantaaaaaa#STATE')).toEqual(['GetItem']);
  expect(allowed('tenantaaaaaa#USER', 'TENANT')).toEqual([]);
});
