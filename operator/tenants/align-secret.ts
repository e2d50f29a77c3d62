import { isDeepStrictEqual } from 'node:util';
import { LostRace, retry } from '../../lambda/directory/retry';
import type { CredentialSecret } from '../../lambda/tenants/credential-secret';
import type { Tenant } from '../../lambda/tenants/tenant';
import { OperatorError } from '../error';
import { expectedSecret } from './credential-secrets';
import type { TenantServices } from './tenant-services';

/**
 * Creates the secret of a token or client that the tenant item already lists.
 * @throws OperatorError if the credential was revoked in the meantime; then its secret is deleted.
 */
export async function createSecret(
  services: TenantServices,
  tenantId: string,
  credentialId: string,
  secret: CredentialSecret,
): Promise<void> {
  await services.secrets.create(tenantId, credentialId, secret);
  // The tenant may have been disabled, or the credential revoked, between item and secret.
  if (await alignSecret(services, tenantId, credentialId)) return;
  throw new OperatorError(`${credentialId} was revoked while it was created: create another.`);
}

/**
 * Updates a credential's secret from its tenant item. Returns false if the credential is not accepted:
 * its item does not exist any more (then its secret is deleted), or it has no secret, or an unreadable one.
 *
 * Item and secret are two writes, and operators work at the same time. Every change of the item is followed by this
 * function, which repeats until both agree, so after the last one the secret matches the item.
 * @throws ScimError 429 if they do not agree after about 3 s
 */
export async function alignSecret(services: TenantServices, tenantId: string, credentialId: string): Promise<boolean> {
  return retry(async () => {
    const tenant = await services.tenants.get(tenantId);
    if (!tenant || !(tenant.tokens.has(credentialId) || tenant.clients.has(credentialId))) {
      await services.secrets.delete(tenantId, credentialId);
      return false;
    }
    const reading = await services.secrets.read(tenantId, credentialId);
    if (reading.kind === 'absent' || reading.kind === 'unreadable') return false;
    if (reading.kind === 'unavailable') throw reading.cause;
    const expected = expectedSecret(tenant, credentialId, reading.secret);
    if (!expected) return false;
    if (isDeepStrictEqual(expected, reading.secret)) return true;
    await services.secrets.replace(tenantId, credentialId, expected);
    throw new LostRace(`The secret of ${credentialId} does not match the tenant yet.`);
  });
}

/** Updates the secrets of all credentials of a tenant. @throws what `alignSecret` throws */
export async function alignSecrets(services: TenantServices, { tenantId, tokens, clients }: Tenant): Promise<void> {
  for (const credentialId of [...tokens.keys(), ...clients.keys()]) await alignSecret(services, tenantId, credentialId);
}
