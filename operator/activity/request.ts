import type { ActivityRow } from '../../lambda/activity/row';
import type { Deployment } from '../connection/open';
import { OperatorError } from '../error';
import { queryRows, rowsOfRequest } from '../store/activity';
import { activityTable } from './open';

/** How many rows are shown: a bulk request has one per operation, an import one per resource. */
const mostRows = 100;

/** The rows of a request, and the labels of their tenants by id. */
export interface FoundRequest {
  readonly rows: readonly ActivityRow[];
  /** Whether there are more rows than these. */
  readonly more: boolean;
  readonly labels: ReadonlyMap<string, string>;
}

/**
 * Finds the first rows of a request, or of an operator's action, oldest first.
 * @param given the id of the request, or an error's detail that ends with it
 * @throws OperatorError if there is none
 */
export async function findRequest(deployment: Deployment, given: string): Promise<FoundRequest> {
  // The last one: what stands before it can repeat what a client sent.
  const id = [...given.matchAll(/\(request ([^()]+)\)/g)].at(-1)?.[1] ?? given;
  const selection = { now: deployment.services.clock(), order: 'oldest first', pageSize: mostRows + 1 } as const;
  const rows: ActivityRow[] = [];
  for await (const row of queryRows(activityTable(deployment), rowsOfRequest(id), selection)) {
    rows.push(row);
    if (rows.length > mostRows) break;
  }
  if (rows.length === 0) {
    throw new OperatorError(
      `No activity that is kept has the request id ${JSON.stringify(id)}: copy it whole, as it ends an error's detail. ` +
        'Rows of changes come a few seconds after the request. Requests that the gateway refused by itself (401, 403, 413, 429) have none.',
    );
  }
  const labels = new Map<string, string>();
  for (const tenantId of new Set(rows.map((row) => row.tenantId))) {
    const tenant = await deployment.services.tenants.get(tenantId);
    if (tenant) labels.set(tenantId, tenant.label);
  }
  return { rows: rows.slice(0, mostRows), more: rows.length > mostRows, labels };
}
