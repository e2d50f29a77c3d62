import { LostRace, retry } from '../../lambda/directory/retry';
import type { Tenant, TokenRecord } from '../../lambda/tenants/tenant';
import type { TokenSecret } from '../../lambda/tenants/token-secret';
import { OperatorError } from '../error';
import type { TenantServices } from './tenant-services';

/**
 * Creates the secret of a token that the tenant item already lists.
 * @throws OperatorError if the token was revoked in the meantime; then its secret is deleted.
 */
export async function createSecret(
  services: TenantServices,
  tenantId: string,
  tokenId: string,
  secret: TokenSecret,
): Promise<void> {
  await services.secrets.create(tenantId, tokenId, secret);
  // The tenant may have been disabled, or the token revoked, between item and secret.
  if (await alignSecret(services, tenantId, tokenId)) return;
  throw new OperatorError(`Token ${tokenId} was revoked while it was created: create another.`);
}

/**
 * Updates a token's secret from its tenant item: state, tier, scope and expiry. Returns false if the token is not accepted:
 * its item does not exist any more (then its secret is deleted), or it has no secret, or an unreadable one.
 *
 * Item and secret are two writes, and operators work at the same time. Every change of the item is followed by this
 * function, which repeats until both agree, so after the last one the secret matches the item.
 * @throws ScimError 429 if they do not agree after about 3 s
 */
export async function alignSecret(services: TenantServices, tenantId: string, tokenId: string): Promise<boolean> {
  return retry(async () => {
    const tenant = await services.tenants.get(tenantId);
    const record = tenant?.tokens.get(tokenId);
    if (!tenant || !record) {
      await services.secrets.delete(tenantId, tokenId);
      return false;
    }
    const reading = await services.secrets.read(tenantId, tokenId);
    if (reading.kind === 'absent' || reading.kind === 'unreadable') return false;
    if (reading.kind === 'unavailable') throw reading.cause;
    if (agrees(reading.secret, tenant, record)) return true;
    const { tier: _, ...secret } = reading.secret;
    const { state, tier } = tenant;
    const { expires, scope } = record;
    await services.secrets.replace(tenantId, tokenId, { ...secret, state, scope, expires, ...(tier ? { tier } : {}) });
    throw new LostRace(`The secret of token ${tokenId} does not match the tenant yet.`);
  });
}

/** Whether a token's secret matches its tenant item. */
export function agrees(secret: TokenSecret, { state, tier }: Tenant, { expires, scope }: TokenRecord): boolean {
  return secret.state === state && secret.tier === tier && secret.expires === expires && secret.scope === scope;
}
