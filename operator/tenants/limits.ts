import { defaultTier, type Tier, tiers } from '../../deployment/limits';
import type { Tenant } from '../../lambda/tenants/tenant';
import { OperatorError } from '../error';
import { alignSecrets } from './align-secret';
import { requireOneOf } from './check-options';
import { tenantGone } from './tenant-errors';
import type { ApiKeys, TenantServices } from './tenant-services';

/** A local endpoint has no API keys: its gateway takes a tenant's limits from the name that the key would have. */
export const noApiKeys: ApiKeys = { create: async () => true, delete: async () => {}, refusal: '' };

/** A deployment without limits of tenants has no usage plans that keys could belong to. */
export const noUsagePlans: ApiKeys = {
  create: async () => false,
  delete: async () => {},
  refusal: 'It was deployed with tenantLimits=false, so no tenant has limits: deploy it with tenantLimits=true first.',
};

/**
 * Gives a new tenant a key of its own in the default tier, unless the account has reached its limit of API keys.
 * Without a key, it shares the limits of that tier with all other tenants without one.
 */
export async function giveFirstKey({ apiKeys, tenants }: TenantServices, tenantId: string): Promise<Tier | undefined> {
  if (!(await apiKeys.create(tenantId, defaultTier))) return undefined;
  await tenants.setTier(tenantId, defaultTier);
  return defaultTier;
}

/**
 * Chooses a tenant's tier. It takes effect when the caches of the authorizer and the gateway have expired (see
 * docs/limits.md). The key of the tier before stays until the tenant is deleted, since those caches still name it.
 * @throws OperatorError when there is no such tier or tenant, or there can be no API key for it
 */
export async function setTenantTier(services: TenantServices, { tenantId }: Tenant, tier: Tier): Promise<void> {
  requireOneOf('tier', tier, tiers);
  const { apiKeys, tenants } = services;
  if (!(await apiKeys.create(tenantId, tier))) {
    throw new OperatorError(`Tenant ${tenantId} keeps its limits. ${apiKeys.refusal}`);
  }
  if (!(await tenants.setTier(tenantId, tier))) throw tenantGone(tenantId);
  const tenant = await tenants.get(tenantId);
  if (tenant) await alignSecrets(services, tenant);
}
