import { queryRows, rowsOfTenant } from '../../operator/store/activity';
import type { ActivityRow, RowKind } from '../activity/row';
import type { ActivityTable } from '../store/activity';
import { testLabel } from './test-label';

/** How many rows are looked at: those of operators and of self tests are passed over. */
const most = 1_000;

/** The last request of the identity provider, of these kinds; undefined if there is none among the last rows. */
export async function lastRequest(
  table: ActivityTable,
  tenantId: string,
  now: Date,
  kinds: readonly RowKind[],
): Promise<ActivityRow | undefined> {
  const rows = queryRows(table, rowsOfTenant(tenantId), { now, kinds, order: 'newest first', pageSize: 25 });
  let examined = 0;
  for await (const row of rows) {
    if (!row.actor.operator && row.actor.label !== testLabel) return row;
    examined += 1;
    if (examined >= most) return undefined;
  }
  return undefined;
}
