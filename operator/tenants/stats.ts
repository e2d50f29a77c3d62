import { groupType, userType } from '../../lambda/directory/resource-types';
import { isExpired, type Tenant } from '../../lambda/tenants/tenant';
import type { Deployment } from '../connection/open';

/** The size of a tenant, and its last use. */
export interface TenantStats extends Pick<Tenant, 'tenantId' | 'label' | 'state'> {
  readonly users: number;
  readonly groups: number;
  /** How many of its tokens have not expired. */
  readonly tokens: number;
  /** The hour of the last request; absent when there was none. */
  readonly lastUse?: string;
}

/** Counts the users, groups and tokens of a tenant. */
export async function countTenant({ store, services }: Deployment, tenant: Tenant): Promise<TenantStats> {
  const { tenantId, label, state } = tenant;
  const [users, groups] = await Promise.all([
    store.count({ tenantId, type: userType.name }),
    store.count({ tenantId, type: groupType.name }),
  ]);
  return { tenantId, label, state, users, groups, ...countTokens(tenant, services.clock()) };
}

function countTokens({ tokens }: Tenant, now: Date): Pick<TenantStats, 'tokens' | 'lastUse'> {
  const live = [...tokens.values()].filter((token) => !isExpired(token, now));
  const lastUse = [...tokens.values()]
    .flatMap((token) => token.lastUse ?? [])
    .sort()
    .at(-1);
  return { tokens: live.length, ...(lastUse === undefined ? {} : { lastUse }) };
}
