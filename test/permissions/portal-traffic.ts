import type { Endpoint, TenantAccess } from '../../local/endpoint';
import { userBody } from '../directory/requests';
import { lastSweep } from '../last-sweep';
import { openSession, scim, until } from '../portal/set-up';

/** Sends every call of the portal, with what makes each of them use everything that it may. */
export async function playPortal(endpoint: Endpoint, { tenantId, baseUrl }: TenantAccess): Promise<void> {
  const browser = await openSession(endpoint, tenantId, { scope: 'manage' });
  await fetch(browser.url);
  await browser.get('session.get', {});
  await browser.get('setup.save', { provider: 'okta' });
  const token = await browser.get('credentials.create', { kind: 'token', label: 'Okta' });
  const client = await browser.get('credentials.create', { kind: 'client' });
  await browser.get('credentials.rotate', { id: client.id });
  const access = { baseUrl, token: token.kind === 'token' ? token.token : '' };
  const member = await scim(access, 'POST', '/Users', userBody('portal'));
  const id = String(member.body.id);
  await scim(access, 'POST', '/Users', userBody('portal'));
  await scim(access, 'POST', '/Groups', { displayName: 'Of the portal', members: [{ value: id }] });
  await browser.get('overview.get', {});
  await until(
    () => browser.get('checklist.get', {}),
    ({ steps }) => steps.some(({ step, done }) => step === 'firstGroup' && done !== undefined),
  );
  await browser.get('failures.list', {});
  await browser.get('refusals.list', {});
  await browser.get('users.list', {});
  await browser.get('users.list', { search: 'portal@example.com' });
  await browser.get('users.get', { id });
  await browser.get('users.disable', { id });
  await browser.get('users.enable', { id });
  await scim(access, 'DELETE', `/Users/${id}`);
  await lastSweep(endpoint, tenantId, id);
  await browser.get('users.deleted', {});
  await browser.get('users.restore', { id });
  const { checks } = await browser.get('test.run', {});
  const failed = checks.filter(({ verdict }) => verdict === 'failed');
  if (checks.length === 0 || failed.length > 0) throw new Error(`The test failed: ${JSON.stringify(failed)}`);
  await browser.get('credentials.revoke', { id: token.id });
  await browser.get('credentials.revoke', { id: client.id });
  await browser.get('session.end', {});
}
