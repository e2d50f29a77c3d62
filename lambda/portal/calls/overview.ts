import { readStanding } from '../../../operator/tenants/brake';
import { countTenant } from '../../../operator/tenants/stats';
import type { Overview } from '../../../web/api/portal';
import { type SessionContext, tenantOf } from '../context';
import { lastRequest } from '../last-request';
import { credentialsOf } from './credential-list';
import { tokenEndpointOf } from './credentials';

/** `overview.get` */
export async function getOverview(context: SessionContext): Promise<Overview> {
  const { deployment } = context.services;
  const tenant = await tenantOf(context);
  const { tenantId } = tenant;
  const [{ users, groups }, standing, last] = await Promise.all([
    countTenant(deployment, tenant),
    readStanding(deployment, tenantId),
    deployment.activity && lastRequest(deployment.activity, tenantId, context.now, ['change', 'read']),
  ]);
  const baseUrl = deployment.baseUrl(tenantId);
  return {
    baseUrl,
    tokenEndpoint: tokenEndpointOf(baseUrl),
    users,
    groups,
    state: stateOf(tenant.state, standing),
    credentials: credentialsOf(tenant, context.now),
    ...(last && { lastRequest: last.time }),
  };
}

function stateOf(
  state: 'enabled' | 'disabled',
  { paused, holds = [] }: Awaited<ReturnType<typeof readStanding>>,
): Overview['state'] {
  if (state === 'disabled') return 'disabled';
  if (paused !== undefined) return 'paused';
  return holds.length > 0 ? 'held' : 'running';
}
