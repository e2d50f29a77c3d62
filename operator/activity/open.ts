import type { ActivityTable } from '../../lambda/store/activity';
import type { Tenant } from '../../lambda/tenants/tenant';
import type { Deployment } from '../connection/open';
import { OperatorError } from '../error';
import { findTenant } from '../tenants/provision';

/** The activity of one tenant. */
export interface OpenActivity {
  readonly deployment: Deployment;
  readonly table: ActivityTable;
  readonly tenant: Pick<Tenant, 'tenantId' | 'label'>;
}

/**
 * Opens the activity of the tenant with this id or label. A tenant that was deleted has its id only; what operators did
 * to it can still be read.
 * @throws OperatorError if there is no such tenant, or the deployment keeps no activity
 */
export async function openActivity(deployment: Deployment, name: string): Promise<OpenActivity> {
  return { deployment, table: activityTable(deployment), tenant: await findFormerTenant(deployment, name) };
}

/** The table of activity. @throws OperatorError if the deployment has none */
export function activityTable({ activity }: Pick<Deployment, 'activity'>): ActivityTable {
  if (activity) return activity;
  throw new OperatorError(
    'This deployment keeps no activity: its setting activityRetention is 0. Deploy it with a number of days, such as 90.',
  );
}

async function findFormerTenant({ services }: Deployment, name: string): Promise<OpenActivity['tenant']> {
  try {
    return await findTenant(services, name);
  } catch (error) {
    if (error instanceof OperatorError && (await services.tenants.readState(name)).deleted !== undefined) {
      return { tenantId: name, label: name };
    }
    throw error;
  }
}
