import type { TokenSecret } from '../../lambda/tenants/token-secret';
import { OperatorError } from '../error';
import type { TenantServices } from './tenant-services';

/**
 * Gives a token that its tenant item already lists its secret.
 * @throws OperatorError when the token was revoked meanwhile; then nothing of it is left.
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
  throw new OperatorError(`Token ${tokenId} was revoked while it was made: make another.`);
}

/**
 * Makes a token's secret say what its tenant item says: state and end. False when the token opens nothing: its item
 * is gone (then its secret is deleted), or it has no secret, or none that can be read.
 *
 * Item and secret are two writes, and operators work at the same time: whoever changes the item afterwards repeats
 * this until both agree, so that the last to finish leaves what the item says.
 */
export async function alignSecret(services: TenantServices, tenantId: string, tokenId: string): Promise<boolean> {
  for (;;) {
    const tenant = await services.tenants.get(tenantId);
    const record = tenant?.tokens.get(tokenId);
    if (!tenant || !record) {
      await services.secrets.delete(tenantId, tokenId);
      return false;
    }
    const reading = await services.secrets.read(tenantId, tokenId);
    if (reading.kind === 'absent' || reading.kind === 'unreadable') return false;
    if (reading.kind === 'unavailable') throw reading.cause;
    const wanted: TokenSecret = { ...reading.secret, state: tenant.state, expires: record.expires };
    if (wanted.state === reading.secret.state && wanted.expires === reading.secret.expires) return true;
    await services.secrets.replace(tenantId, tokenId, wanted);
  }
}
