import { groupType, userType } from '../../lambda/directory/resource-types';
import { nextEnd } from '../../lambda/tenants/client';
import { isExpired, type Tenant } from '../../lambda/tenants/tenant';
import type { Deployment } from '../connection/open';
import { canAuthenticate } from './client-parts';

/** The size of a tenant, and its last use. */
export interface TenantStats extends Pick<Tenant, 'tenantId' | 'label' | 'state'> {
  readonly users: number;
  readonly groups: number;
  /** How many of its tokens have not expired. */
  readonly tokens: number;
  /** How many of its clients can get access tokens. */
  readonly clients: number;
  /** The hour of the last request; absent when there was none. */
  readonly lastUse?: string;
}

/** Counts the users, groups and credentials of a tenant. */
export async function countTenant({ store, services }: Deployment, tenant: Tenant): Promise<TenantStats> {
  const { tenantId, label, state } = tenant;
  const [users, groups] = await Promise.all([
    store.count({ tenantId, type: userType.name }),
    store.count({ tenantId, type: groupType.name }),
  ]);
  const { tokens, clients } = liveCredentials(tenant, services.clock());
  return { tenantId, label, state, users, groups, tokens, clients, ...lastUseOf(tenant) };
}

/** How many of a tenant's credentials are live, and when the first of them ends. */
export function liveCredentials({ tokens, clients }: Tenant, now: Date) {
  const liveTokens = [...tokens.values()].filter((token) => !isExpired(token, now));
  const liveClients = [...clients.values()].filter((client) => canAuthenticate(client, now));
  const ends = [
    ...liveTokens.map(({ expires }) => expires),
    ...liveClients.flatMap((client) => nextEnd(client, now) ?? []),
  ];
  return { tokens: liveTokens.length, clients: liveClients.length, next: ends.sort()[0] };
}

function lastUseOf({ tokens, clients }: Tenant): Pick<TenantStats, 'lastUse'> {
  const uses = [...tokens.values(), ...clients.values()].flatMap(({ lastUse }) => lastUse ?? []);
  const lastUse = uses.sort().at(-1);
  return lastUse === undefined ? {} : { lastUse };
}
