import { openTenants, RefusedError, type Tenants, UnknownTenantError } from 'serverless-scim/tenants';
import { type LocalScim, startLocal } from 'serverless-scim/testing';

let local: LocalScim;
let tenants: Tenants;

beforeAll(async () => {
  local = await startLocal();
  tenants = openTenants({ ...local, actor: 'application billing' });
});

afterAll(async () => {
  tenants.close();
  await local.stop();
});

test('a mapping is set, read and removed, and each change is in the activity', async () => {
  const { tenantId } = local;
  const rules = [{ displayName: 'Engineering', roles: ['developer'] }];
  await tenants.roles.clear(tenantId);
  expect(await tenants.roles.get(tenantId)).toBeUndefined();
  await tenants.roles.set(tenantId, { rules });
  expect(await tenants.roles.get(tenantId)).toEqual({ match: 'all', rules, default: [] });
  await tenants.roles.clear(tenantId);
  expect(await tenants.roles.get(tenantId)).toBeUndefined();
  const sentences: string[] = [];
  for await (const { sentence } of tenants.activity.list(tenantId)) sentences.push(sentence);
  expect(sentences.slice(0, 2)).toEqual([
    'removed the mapping of groups to roles',
    'set the mapping of groups to roles, with 1 rule',
  ]);
  expect(sentences.filter((sentence) => sentence.includes('mapping'))).toHaveLength(2);
});

test('a mapping that is not valid is refused with its place, and the one before stays', async () => {
  const { tenantId } = local;
  const before = { match: 'first' as const, rules: [], default: ['guest'] };
  await tenants.roles.set(tenantId, before);
  const wrong = tenants.roles.set(tenantId, { rules: [{ id: 'Engineering', roles: [] }] });
  await expect(wrong).rejects.toThrow(RefusedError);
  await expect(wrong).rejects.toThrow(
    'rules[0].id is "Engineering", which is no id of a group: copy it from the group.',
  );
  expect(await tenants.roles.get(tenantId)).toEqual(before);
});

test('an unknown tenant has a typed error', async () => {
  await expect(tenants.roles.get('abcdefghijkl')).rejects.toThrow(UnknownTenantError);
  await expect(tenants.roles.set('abcdefghijkl', { rules: [] })).rejects.toThrow(UnknownTenantError);
  await expect(tenants.roles.clear('abcdefghijkl')).rejects.toThrow(UnknownTenantError);
});
