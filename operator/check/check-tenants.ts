import { indexEntries } from '../../lambda/directory/index-entries';
import { resourceTypes } from '../../lambda/directory/resource-types';
import { resourceView } from '../../lambda/scim/schema/view';
import type { Tenant } from '../../lambda/tenants/tenant';
import type { Deployment } from '../connection/open';
import { check } from '../store/check';
import type { Difference, EntriesOf } from '../store/check/difference';
import { stopIfAborted, type Task } from '../task';
import { checkCredentials } from './check-credentials';
import { checkState } from './check-state';

/** A difference, and whether it was repaired. */
export interface CheckedDifference extends Omit<Difference, 'repair'> {
  readonly repaired: boolean;
}

/** How a caller follows a check; `onProgress` gets how many items were read. */
export interface CheckTask extends Task<number> {
  /** Whether to repair differences. @default false */
  readonly repair?: boolean;
  /** Whether the given tenants are all tenants of the deployment. @default false */
  readonly all?: boolean;
}

/**
 * Compares the stored data of tenants with the tenants themselves, their tokens, users and groups. Repairs differences if `repair` is set and
 * the repair is safe. The endpoint keeps serving requests. Reports how many items were read.
 * @param tenants the tenants to check, by id; if they are `all` tenants, items left of deleted tenants are found too
 * @throws OperatorError when it is aborted
 */
export async function* checkTenants(
  deployment: Deployment,
  tenants: ReadonlyMap<string, Tenant>,
  { repair: repairs, all = false, ...task }: CheckTask,
): AsyncIterable<CheckedDifference> {
  for await (const { repair, ...difference } of differences(deployment, tenants, all, task)) {
    stopIfAborted(task, again);
    yield { ...difference, repaired: repairs && repair ? await repair() : false };
  }
}

const again = 'start the check again.';

async function* differences(
  deployment: Deployment,
  tenants: ReadonlyMap<string, Tenant>,
  areAll: boolean,
  task: Task<number>,
): AsyncIterable<Difference> {
  const { services, tables } = deployment;
  for (const [tenantId, tenant] of tenants) {
    const difference = await checkState(deployment, tenant);
    if (difference) yield difference;
    for await (const { credentialId, ...difference } of checkCredentials(services, tenantId)) {
      yield { ...difference, tenantId, detail: `credential=${credentialId}` };
    }
  }
  const entriesOf: EntriesOf = ({ tenantId, type }, resource) => {
    const { profile } = tenants.get(tenantId) ?? {};
    const resourceType = resourceTypes.find((one) => one.name === type);
    return profile && resourceType ? indexEntries(resourceType, resourceView(profile, type), resource) : [];
  };
  const subject = { tenantIds: new Set(tenants.keys()), areAll, entriesOf, now: services.clock() };
  let examined = 0;
  yield* check(tables, subject, (items) => {
    stopIfAborted(task, again);
    examined += items;
    task.onProgress?.(examined);
  });
}
