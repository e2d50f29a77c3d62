import type { ActivityRow } from '../../lambda/activity/row';
import { toSentence } from '../../operator/activity/sentence';
import type { Flow } from '../../traffic/flow';

/** A flow whose names are the same each time, as the data file of sentences has them. */
export function withSameNames(flow: Flow): Flow {
  return { ...flow, variables: { unique: 'unique1234', ...flow.variables } };
}

/** The rows of a tenant as sorted lines, without what is different each time. */
export function linesOf(rows: readonly ActivityRow[], tenantId: string): readonly string[] {
  const lines = (isRead: boolean) =>
    rows.filter(({ kind }) => (kind === 'read') === isRead).map((row) => describe(row, tenantId));
  // An hour can begin in the middle of a flow.
  return [...new Set(lines(true)), ...lines(false)].sort();
}

function describe(row: ActivityRow, tenantId: string): string {
  const sentence = toSentence(row)
    .replaceAll(tenantId, '<tenant>')
    // Each release of Node has its own words.
    .replace(/is not valid JSON \(.*\)\. Send/, 'is not valid JSON (<reason>). Send')
    .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>');
  return `${row.status} ${sentence}${row.remedy ? ` → ${row.remedy}` : ''}`;
}
