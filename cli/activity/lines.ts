import type { ActivityRow } from '../../lambda/activity/row';
import { actorOf, type DescribedRow, describeRow } from '../../operator/activity/describe';
import { printable } from '../../operator/printable';
import { localClock, localDay } from '../local-time';
import { wrap } from '../width';

/** Where the columns begin that follow the time and the status. */
const columns = { request: 15, what: 33 };

/** The least width of a column, however narrow the terminal is. */
const narrowest = 20;

/** Makes the function that formats rows for people: before the first row of each day a line with the day and the zone. */
export function rowFormatter(width: number): (row: ActivityRow) => string {
  let shownDay: string | undefined;
  return (row) => {
    const day = localDay(row.time);
    const head = day === shownDay ? [] : [day];
    shownDay = day;
    return [...head, ...rowLines(describeRow(row), width), ''].join('\n');
  };
}

function rowLines(row: DescribedRow, width: number): readonly string[] {
  const [first = '', ...rest] = wrap(printable(`${actorOf(row)}: ${row.sentence}`), room(width, columns.what));
  const start = [localClock(row.time), String(row.status ?? 'ok').padEnd(3), row.request ?? row.rowId].join('  ');
  const what = [`${start.padEnd(columns.what - 2)}  ${first}`, ...indented(rest, columns.what)];
  if (!row.remedy) return what;
  const advice = wrap(`${row.remedy.do} ${row.remedy.docs}`, room(width, columns.request));
  return [...what, ...indented(advice, columns.request)];
}

const room = (width: number, from: number) => Math.max(narrowest, width - from);

const indented = (lines: readonly string[], by: number) => lines.map((line) => ' '.repeat(by) + line);
