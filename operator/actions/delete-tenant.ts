import type { Tenant } from '../../lambda/tenants/tenant';
import { eraseActivity } from '../activity/erase';
import { recordAction } from '../activity/record-action';
import type { Deployment } from '../connection/open';
import { eraseDirectory } from '../directory/erase';
import type { Task } from '../task';
import { type DeletionTask, deleteTenant } from '../tenants/delete-tenant';

/** A deleted tenant. */
export interface DeletedTenant {
  /** Until when requests under way may write, as ISO 8601 in UTC; absent when they were waited for. */
  readonly until?: string;
  readonly notes: readonly string[];
}

/**
 * Deletes a tenant with its credentials, directory and activity, and records it.
 * @param erasing is told how many users and groups are deleted
 * @throws OperatorError as `deleteTenant`
 */
export async function deleteWholeTenant(
  deployment: Deployment,
  tenant: Tenant,
  task: DeletionTask = {},
  erasing: Task<number> = {},
): Promise<DeletedTenant> {
  const { tenantId, label } = tenant;
  const erase = async () => {
    await eraseDirectory(deployment, tenant, erasing);
    await eraseActivity(deployment, tenantId);
  };
  const until = await deleteTenant(deployment.services, tenantId, erase, task);
  const notes = await recordAction(deployment, tenantId, { action: 'tenantDeleted', values: { label } });
  return { notes, ...(until !== undefined && { until }) };
}
