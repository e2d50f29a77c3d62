import type { Tenant } from '../../lambda/tenants/tenant';
import type { Deployment } from '../connection/open';
import { tenantGone } from '../tenants/tenant-errors';
import { activityTable } from './open';
import { recordAction } from './record-action';

/**
 * Lets the functions record the bodies of a tenant's requests until a time, or no longer. They follow within the time that
 * they cache a tenant's state.
 * @returns what else to tell the operator
 * @throws OperatorError if the deployment keeps no activity, or the tenant is deleted
 */
export async function recordBodiesUntil(
  deployment: Deployment,
  tenant: Tenant,
  until: Date | undefined,
): Promise<readonly string[]> {
  activityTable(deployment);
  const recordUntil = until?.toISOString();
  if (!(await deployment.services.tenants.changeState(tenant.tenantId, { recordUntil })))
    throw tenantGone(tenant.tenantId);
  return recordAction(
    deployment,
    tenant.tenantId,
    recordUntil === undefined
      ? { action: 'recordingStopped' }
      : { action: 'recordingStarted', values: { until: recordUntil } },
  );
}
