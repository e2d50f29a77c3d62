import type { ActivityRow } from '../../lambda/activity/row';
import { actorOf, type DescribedRow, describeRow } from '../../operator/activity/describe';

type Cell = readonly [head: string, value: (row: DescribedRow) => string | number | undefined];

const cells: readonly Cell[] = [
  ['time', ({ time }) => time],
  ['request', ({ request }) => request],
  ['kind', ({ kind }) => kind],
  ['actor', actorOf],
  ['credential', ({ actor }) => actor.credential],
  ['identity', ({ actor }) => actor.identity],
  ['address', ({ address }) => address],
  ['agent', ({ agent }) => agent],
  ['method', ({ method }) => method],
  ['path', ({ path }) => path],
  ['type', ({ resource }) => resource?.type],
  ['id', ({ resource }) => resource?.id],
  ['name', ({ personal }) => personal?.name],
  ['sentence', ({ sentence }) => sentence],
  ['changed', ({ changed }) => changed?.join(' ')],
  ['status', ({ status }) => status],
  ['scimType', ({ scimType }) => scimType],
  ['detail', ({ personal }) => personal?.detail],
  ['remedy', ({ remedy }) => remedy?.do],
  ['docs', ({ remedy }) => remedy?.docs],
  ['milliseconds', ({ milliseconds }) => milliseconds],
];

/** The first line of the table (RFC 4180). */
export const csvHead = `${cells.map(([head]) => head).join(',')}\r\n`;

/** A row as a line of the table. */
export function csvLine(row: ActivityRow): string {
  const described = describeRow(row);
  return `${cells.map(([, value]) => quoted(value(described))).join(',')}\r\n`;
}

/** A spreadsheet would run a value that begins like a formula, and values come from clients. */
function quoted(value: string | number | undefined): string {
  if (typeof value !== 'string') return String(value ?? '');
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
