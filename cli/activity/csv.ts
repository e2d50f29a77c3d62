import type { ActivityRow } from '../../lambda/activity/row';
import { actorOf, type DescribedRow, describeRow } from '../../operator/activity/describe';
import { printable } from '../../operator/printable';

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

/**
 * A spreadsheet would run a value that begins like a formula, also with the wide signs of East Asian keyboards, and a
 * terminal obeys control characters: values come from clients.
 */
function quoted(value: string | number | undefined): string {
  if (typeof value !== 'string') return String(value ?? '');
  const shown = printable(value);
  const text = /^\s*[=+\-@\uff0b\uff0d\uff1d\uff20]/.test(shown) ? `'${shown}` : shown;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
