import { randomUUID } from 'node:crypto';
import { admin, adminJson } from './admin';
import cases from './extension-filter.json';
import { type LocalEndpoint, startLocal } from './local-endpoint';

const badge = 'urn:example:badge:1.0:User';
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const badges: Readonly<Record<string, object>> = {
  anna: { [badge]: { number: 'A7', floor: 3, guest: false, keys: [{ room: '12', spare: true }, { room: '13' }] } },
  bob: {
    [badge]: { number: 'B2', floor: 2, guest: true, door: { name: 'North' }, keys: [{ room: '12' }], tags: ['x', 'y'] },
  },
  carol: { [enterprise]: { department: 'Sales' } },
};

let endpoint: LocalEndpoint;
beforeAll(async () => {
  endpoint = await startLocal();
  await endpoint.createTenant({ label: 'acme', profile: 'standard' });
  const time = '2026-11-27T00:00:00.000Z';
  const users = Object.entries(badges).map(([userName, extension]) => ({
    user: {
      id: randomUUID(),
      version: 1,
      created: time,
      modified: time,
      resource: { userName, active: true, ...extension },
    },
  }));
  const end = { end: { users: users.length, groups: 0, memberships: 0, tombstones: 0 } };
  const stdin = [{ export: 'serverless-scim', format: 1 }, ...users, end]
    .map((line) => JSON.stringify(line))
    .join('\n');
  expect(await admin(['import', 'acme', '-', '--data', endpoint.data], { stdin })).toMatchObject({ code: 0 });
});
afterAll(() => endpoint.close());

interface Page {
  readonly Resources: readonly (Readonly<Record<string, unknown>> & { readonly userName: string })[];
}
const list = (filter: string, ...more: readonly string[]) =>
  adminJson<Page>('user', 'list', 'acme', '--filter', filter, ...more, '--data', endpoint.data);

test.each(cases as [string, string[]][])(
  'an extension that this program does not know can be in a filter: %s',
  async (filter, names) => {
    expect((await list(filter)).Resources.map(({ userName }) => userName)).toEqual(names);
  },
);

test('a list shows all attributes of an extension, not only those of the filter', async () => {
  for (const filter of [`${badge}:guest eq true`, 'userName eq "bob"']) {
    expect((await list(filter, '--order', 'id')).Resources).toMatchObject([badges.bob]);
  }
});

test('a misspelled extension has no result, and the command says what to check', async () => {
  const { out, err } = await admin([
    'user',
    'list',
    'acme',
    '--filter',
    'urn:exmaple:badge:1.0:User:number pr',
    '--data',
    endpoint.data,
  ]);
  expect(out).not.toContain('anna');
  expect(err).toBe(
    'Shown: none of 0.\nCheck the spelling: this program does not know the schema "urn:exmaple:badge:1.0:User".\n',
  );
});

test.each([
  [`${enterprise}:departmnt eq "Sales"`, /departmnt", which is not an attribute of User/],
  [`${badge}:number eq`, /expects a value|Filter/],
  [`${badge}:number eq "a" or ${badge}:number gt 3`, /does not fit/],
])('a wrong filter is still refused: %s', async (filter, message) => {
  const { code, err } = await admin(['user', 'list', 'acme', '--filter', filter, '--data', endpoint.data]);
  expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(message) });
});
