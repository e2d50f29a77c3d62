import type { Tenant } from '../../lambda/tenants/tenant';
import type { Deployment } from '../../operator/connection/open';
import type { Standing } from '../../operator/tenants/brake';
import type { TenantFacts, TenantState } from '../../web/api/console/tenants';

/** The state of a tenant in a word: the first that applies. */
export function stateOf({ state }: Pick<Tenant, 'state'>, { paused, holds }: Standing): TenantState {
  if (state === 'disabled') return 'disabled';
  if (paused !== undefined) return 'paused';
  return holds ? 'held' : 'enabled';
}

/** What a tenant is. */
export function factsOf({ baseUrl, byHost }: Deployment, tenant: Tenant, standing: Standing): TenantFacts {
  const { tenantId, label, profile, created } = tenant;
  return {
    id: tenantId,
    label,
    profile,
    state: stateOf(tenant, standing),
    created,
    baseUrl: baseUrl(tenantId),
    ...(byHost && { byHost: byHost(tenantId) }),
  };
}
