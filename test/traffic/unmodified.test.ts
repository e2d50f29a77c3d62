import type { ProfileName } from '../../lambda/scim/schema/profile';
import { type Endpoint, startEndpoint } from '../../local/endpoint';
import { loadFlows } from '../../traffic/load';
import { runFlow } from '../../traffic/run';

let endpoint: Endpoint;
beforeAll(async () => {
  endpoint = await startEndpoint({ memory: true, port: 0 });
});
afterAll(() => endpoint.close());

const flows = loadFlows().filter(({ name }) => name.endsWith('/unmodified'));

async function failuresIn(profile: ProfileName, name: string): Promise<readonly string[]> {
  const flow = flows.find((one) => one.name === name);
  if (!flow) throw new Error(`traffic/clients/${name}.json is gone`);
  const tenant = await endpoint.createTenant({ label: `${name.replace('/', '.')}.${profile}`, profile });
  const { failed } = await runFlow(flow, { ...tenant, profile });
  return failed.flatMap(({ step, failures }) => failures.map((failure) => `${step}: ${failure}`));
}

/** The steps of programs written for AWS that fail with a tenant of `identity-center`. */
test.each([
  ['ssosync/unmodified', 'find a group that has a member: body as ssosync.GroupFilterResults: /Resources/0/members/0'],
  ['terraform/unmodified', 'read the user, who is in a group: body as terraform.User: /groups/0 must be string'],
  [
    'idp-scim-sync/unmodified',
    'suspend the user: active is left out: body /active: expected {"equals":false}, got true',
  ],
])('%s needs the profile aws-scim-clients', async (name, failure) => {
  expect(await failuresIn('identity-center', name)).toContainEqual(expect.stringContaining(failure));
});

test('there is such a flow for each client above', () => {
  expect(flows.map(({ name }) => name)).toEqual([
    'idp-scim-sync/unmodified',
    'ssosync/unmodified',
    'terraform/unmodified',
  ]);
});
