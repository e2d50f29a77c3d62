import type { LocalScim } from 'serverless-scim/testing';
import { startLocal } from '../../library/testing';
import { userBody } from '../directory/requests';
import { compileExamples, loadModule } from '../docs/examples';
import { docstrings, documentedExamples, exportedNames } from './documented';

const examples = documentedExamples();

test('what the library exports has a docstring', () => {
  const documented = new Set(docstrings('library', 'operator', 'deployment').map(({ name }) => name));
  const exported = [...exportedNames()];
  expect(exported.length).toBeGreaterThan(80);
  expect(exported.filter((name) => !documented.has(name))).toEqual([]);
});

test('every function that the library exports has an example', () => {
  const withExample = new Set(examples.map(({ name }) => name));
  const functions = [...exportedNames()].filter((name) => /^[a-z]/.test(name));
  expect(functions).toContain('openDirectory');
  expect(functions.filter((name) => !withExample.has(name))).toEqual([]);
});

test('the examples compile', () => {
  const numbered = examples.map(({ name, source }, index) => ({ name: `${name}${index}`, source }));
  expect(compileExamples(numbered, { exactOptionalPropertyTypes: true })).toBe('');
});

/** Where the examples run: a local endpoint with Anna, who is disabled, Ben, and the group Staff with both. */
interface World {
  readonly tenantId: string;
  readonly anna: string;
  readonly ben: string;
  readonly staff: string;
}

type Exports = Readonly<Record<string, (...given: never[]) => unknown>>;

const disabled = (id: string, version = 2) => ({
  source: 'serverless-scim',
  'detail-type': 'User Disabled',
  detail: { schemaVersion: '1', tenantId: 'x', resourceType: 'User', resource: { id, userName: 'anna' }, version },
});

/** Calls what each example exports, and says what must come of it: by the file of `library/`, and what it documents there. */
const runs: Readonly<Record<string, (exported: Exports, world: World) => Promise<void>>> = {
  'directory/open openDirectory': async ({ handler }, { tenantId, ben }) => {
    expect(await call(handler, { tenantId, userName: 'ben@example.com' })).toMatchObject({ id: ben });
    await expect(call(handler, { tenantId, userName: 'anna@example.com' })).rejects.toThrow('disabled');
  },
  'directory/tenant get': async ({ mayUse }, { tenantId, anna, ben }) => {
    expect([await call(mayUse, tenantId, anna), await call(mayUse, tenantId, ben)]).toEqual([false, true]);
  },
  'directory/tenant list': async ({ allUsers }, { tenantId }) => expect(await call(allUsers, tenantId)).toHaveLength(2),
  'directory/tenant members': async ({ idsOfMembers }, { tenantId, anna, ben }) => {
    expect(await call(idsOfMembers, tenantId, 'Staff')).toEqual([anna, ben].sort());
  },
  'directory/tenant groupsOf': async ({ groupNames }, { tenantId, anna }) => {
    expect(await call(groupNames, tenantId, anna)).toEqual(['Staff']);
  },
  'directory/tenant isMember': async ({ requireMember }, { tenantId, staff, ben }) => {
    await call(requireMember, tenantId, staff, ben);
    await expect(call(requireMember, tenantId, staff, staff)).rejects.toThrow('not allowed');
  },
  'directory/tenant rolesOf': async ({ mayAdminister }, { tenantId, ben }) =>
    expect(await call(mayAdminister, tenantId, ben)).toBe(false),
  'directory/tenant snapshot': async ({ countMemberships }, { tenantId, staff }) => {
    expect(await call(countMemberships, tenantId)).toEqual(new Map([[staff, 2]]));
  },
  'directory/tenant changedSince': async ({ follow }, { tenantId }) => {
    const next = await call(follow, tenantId, new Date(Date.now() - 3_600_000).toISOString());
    expect(new Date(String(next)).getTime()).toBeLessThanOrEqual(Date.now() - 60_000);
    expect(console.log).toHaveBeenCalledWith('created', 'ben@example.com');
  },
  'directory/user User': async ({ badgeOf }) => {
    expect(await call(badgeOf, { 'urn:example:badge:1.0:User': { badge: '7' } })).toBe('7');
  },
  'errors ScimLibraryError': async ({ findUser }, { tenantId, ben }) => {
    expect(await call(findUser, tenantId, 'ben@example.com')).toMatchObject({ id: ben });
    expect(await call(findUser, 'aaaaaaaaaaaa', 'ben@example.com')).toBeUndefined();
  },
  'events/event ScimEvent': async ({ describe: tell }) => {
    expect(await call(tell, disabled('anna'))).toBe('anna was disabled by somebody.');
  },
  'events/handle handleEvent': async ({ handler }) => {
    expect([await call(handler, disabled('u1')), await call(handler, disabled('u1'))]).toEqual(['handled', 'old']);
    expect(console.log).toHaveBeenCalledWith('sessions ended', 'u1');
  },
  'tenants/open openTenants': async ({ enableScim }) => {
    const made = await call(enableScim, 'example-customer');
    expect(made).toEqual({ tenantId: expect.any(String), baseUrl: expect.any(String), token: expect.any(String) });
  },
  'tenants/invitations create': async ({ handler }, { tenantId }) =>
    expect(await call(handler, { tenantId })).toMatchObject({ url: expect.any(String), pin: expect.any(String) }),
  'tenants/roles set': async ({ handler }, { tenantId }) => expect(await call(handler, { tenantId })).toBeUndefined(),
  'testing/local startLocal': async ({ eventsOf }) => {
    expect(await call(eventsOf, 'okta/custom-app-users')).toContain('User Created');
  },
  'testing/play play': async ({ playOkta }) => expect(await call(playOkta)).toEqual([]),
  'testing/play listFlows': async ({ oktaFlows }) => expect(await call(oktaFlows)).toContain('okta/custom-app-users'),
};

async function call(exported: Exports[string] | undefined, ...given: readonly unknown[]): Promise<unknown> {
  if (!exported) throw new Error('The example does not export this function.');
  return await exported(...(given as never[]));
}

describe('an example', () => {
  let local: LocalScim;
  let world: World;
  let environment: NodeJS.ProcessEnv;

  beforeAll(async () => {
    local = await startLocal();
    environment = { ...process.env };
    Object.assign(process.env, local.environment);
    const create = async (path: string, body: object) => {
      const headers = { Authorization: `Bearer ${local.token}`, 'Content-Type': 'application/scim+json' };
      const response = await fetch(local.baseUrl + path, { method: 'POST', headers, body: JSON.stringify(body) });
      return String(((await response.json()) as { id: unknown }).id);
    };
    const anna = await create('/Users', userBody('anna', { active: false }));
    const ben = await create('/Users', userBody('ben'));
    const staff = await create('/Groups', { displayName: 'Staff', members: [{ value: anna }, { value: ben }] });
    world = { tenantId: local.tenantId, anna, ben, staff };
    jest.spyOn(console, 'log').mockImplementation(() => {});
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    process.env = environment;
    await local.stop();
  });

  test.each(examples)('of $name in $file runs', async (example) => {
    const key = `${example.file.replace(/^library\/|\.ts$/g, '')} ${example.name}`;
    const run = runs[key];
    if (!run) throw new Error(`Say in test/library/examples.test.ts how the example "${key}" is run.`);
    await run(loadModule(example) as Exports, world);
  });
});
