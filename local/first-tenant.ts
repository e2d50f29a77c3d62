import type { ProfileName } from '../lambda/scim/schema/profile';
import { tablesFromEnvironment } from '../lambda/store/tables';
import { secretsManager } from '../lambda/tenants/connection';
import { isExpired, type Tenant } from '../lambda/tenants/tenant';
import { matchesHash, parseToken } from '../lambda/tenants/token-format';
import { DynamoTenantStore } from '../operator/store/tenant-store';
import { noApiKeys } from '../operator/tenants/limits';
import { createTenant } from '../operator/tenants/provision';
import { SecretsManagerStore } from '../operator/tenants/secret-store';
import type { TenantServices } from '../operator/tenants/tenant-services';
import { createToken } from '../operator/tenants/tokens';
import { names } from './environment';

/** Services for tenants, through the local AWS services. */
export function tenantServices(): TenantServices {
  return {
    tenants: new DynamoTenantStore(tablesFromEnvironment()),
    secrets: new SecretsManagerStore(secretsManager(), names.secretPrefix),
    apiKeys: noApiKeys,
    clock: () => new Date(),
  };
}

const label = 'local';

/** On a local endpoint, expiry and the limit of tokens would only be in the way. */
const generous = { life: 100 * 365 * 24 * 3600 * 1000, limit: Number.MAX_SAFE_INTEGER };

/**
 * The tenant that every local endpoint has, with a valid token: the saved one, or a new one if that is not valid.
 */
export async function openFirstTenant(
  services: TenantServices,
  profile: ProfileName,
  saved: string | undefined,
): Promise<{ readonly tenantId: string; readonly token: string }> {
  const name = saved === undefined ? undefined : parseToken(saved);
  const tenant = (name && (await services.tenants.get(name.tenantId))) ?? (await services.tenants.findByLabel(label));
  if (!tenant) return await createTenant(services, { label, profile, ...generous });
  const { tenantId } = tenant;
  if (saved !== undefined && (await opens(services, tenant, saved))) return { tenantId, token: saved };
  const { token } = await createToken(services, tenantId, generous);
  return { tenantId, token };
}

async function opens(services: TenantServices, { tenantId }: Tenant, token: string): Promise<boolean> {
  const name = parseToken(token);
  if (name?.tenantId !== tenantId) return false;
  const reading = await services.secrets.read(tenantId, name.credentialId);
  if (reading.kind !== 'found' || reading.secret.kind !== 'token') return false;
  return matchesHash(token, reading.secret.hash) && !isExpired(reading.secret, services.clock());
}
