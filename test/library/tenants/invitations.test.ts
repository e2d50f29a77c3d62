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

test('an administrator is invited by a link and a PIN, which no list has, and the invitation is revoked', async () => {
  const { tenantId } = await tenants.create({ label: 'inviting' });
  const made = await tenants.invitations.create(tenantId, { customer: 'Acme GmbH', scope: 'manage', days: 0.5 });
  expect(made).toEqual({
    invitationId: expect.any(String),
    scope: 'manage',
    url: expect.stringMatching(new RegExp(`^${new URL(local.baseUrl).origin}/.*portal#`)),
    pin: expect.stringMatching(/^\d{6}$/),
    expires: expect.any(String),
  });
  expect(Date.parse(made.expires) - Date.now()).toBeLessThanOrEqual(12 * 3_600_000);
  expect((await tenants.invitations.list(tenantId))[0]).toEqual({
    invitationId: made.invitationId,
    scope: 'manage',
    customer: 'Acme GmbH',
    state: 'open',
    created: expect.any(String),
    expires: made.expires,
    wrongPins: 0,
  });
  await tenants.invitations.revoke(tenantId, made.invitationId);
  expect(await tenants.invitations.list(tenantId)).toMatchObject([{ state: 'revoked', revoked: expect.any(String) }]);
  await expect(tenants.invitations.revoke(tenantId, made.invitationId)).rejects.toThrow(RefusedError);
  const sentences: string[] = [];
  for await (const { sentence } of tenants.activity.list(tenantId)) sentences.push(sentence);
  expect(sentences.slice(0, 2)).toEqual([
    `revoked invitation ${made.invitationId} to the portal`,
    `invited the administrator to the portal, scope manage, invitation ${made.invitationId}`,
  ]);
});

test('an invitation is refused where there is no portal, for an unknown tenant, and with options that are not valid', async () => {
  const { portal: _, ...deployment } = local.deployment;
  const without = openTenants({ deployment, clientOptions: local.clientOptions });
  await expect(without.invitations.create(local.tenantId)).rejects.toThrow(/no portal: deploy it with/);
  without.close();
  await expect(tenants.invitations.create('abcdefghijkl')).rejects.toThrow(UnknownTenantError);
  await expect(tenants.invitations.list('abcdefghijkl')).rejects.toThrow(UnknownTenantError);
  await expect(tenants.invitations.create(local.tenantId, { days: 91 })).rejects.toThrow(/one hour to 90 days/);
  await expect(tenants.invitations.create(local.tenantId, { customer: '' })).rejects.toThrow(RefusedError);
  await expect(tenants.invitations.create(local.tenantId, { scope: 'admin' as 'setup' })).rejects.toThrow(
    /no scope "admin": use one of setup, manage/,
  );
  expect(await tenants.invitations.list(local.tenantId)).toEqual([]);
});
