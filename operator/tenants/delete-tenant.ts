import { setTimeout as sleep } from 'node:timers/promises';
import { functions } from '../../deployment/functions';
import { stateCacheTime } from '../../lambda/store/tenant-state';
import { OperatorError } from '../error';
import { stopIfAborted, type Task } from '../task';
import { revokeClient } from './clients';
import { setTenantState } from './provision';
import { tenantGone } from './tenant-errors';
import type { TenantServices } from './tenant-services';
import { revokeToken } from './tokens';

/**
 * How long after a deletion was marked a request may still write, in milliseconds: it may have begun with a cached
 * state, just before that expired, and it runs up to its function's timeout.
 */
const settleTime =
  stateCacheTime +
  1_000 * Math.max(...functions.filter(({ trigger }) => trigger === 'gateway').map(({ timeout }) => timeout));

const second = 1_000;

/** How a caller follows a deletion; `onProgress` gets the seconds to wait for requests under way. */
export interface DeletionTask extends Task<number> {
  /** Whether to wait for requests under way, and erase what they wrote. @default true */
  readonly wait?: boolean;
}

/**
 * Deletes a tenant. It is marked as deleted first, so that within seconds no request writes for it, even if its tokens
 * are still cached. Then its tokens are deleted, and `erase` runs. When no earlier request can be running any more,
 * `erase` runs again. The tenant item is deleted last: after a failure the tenant is still listed, as disabled, and a
 * second deletion completes the work.
 * @param erase deletes the whole directory of the tenant
 * @returns until when requests under way may write, as ISO 8601 in UTC; undefined when they were waited for
 * @throws OperatorError when there is no such tenant, or the deletion is aborted
 */
export async function deleteTenant(
  services: TenantServices,
  tenantId: string,
  erase: () => Promise<void>,
  { wait = true, ...task }: DeletionTask = {},
): Promise<string | undefined> {
  await setTenantState(services, tenantId, 'disabled');
  const deleted = await services.tenants.markDeleted(tenantId, services.clock().toISOString());
  const settled = new Date(Date.parse(deleted) + settleTime);
  const tenant = await services.tenants.get(tenantId);
  if (!tenant) throw tenantGone(tenantId);
  for (const tokenId of tenant.tokens.keys()) await revokeToken(services, tenant, tokenId);
  for (const clientId of tenant.clients.keys()) await revokeClient(services, tenant, clientId);
  for await (const tokenId of services.secrets.list(tenantId)) await services.secrets.delete(tenantId, tokenId);
  await erase();
  if (wait) {
    await waitUntil(services, settled, tenantId, task);
    await erase();
  }
  await services.apiKeys.delete(tenantId);
  if (await services.tenants.remove(tenant)) return wait ? undefined : settled.toISOString();
  throw new OperatorError(`Tenant ${tenantId} was changed by somebody else in the meantime: delete it again.`);
}

async function waitUntil({ clock }: TenantServices, end: Date, tenantId: string, task: Task<number>): Promise<void> {
  for (let left = end.getTime() - clock().getTime(); left > 0; left = end.getTime() - clock().getTime()) {
    stopIfAborted(task, `tenant ${tenantId} is disabled and not yet deleted; delete it again.`);
    task.onProgress?.(Math.ceil(left / second));
    await sleep(Math.min(left, second));
  }
}
