import type { ActivityRow } from '../../lambda/activity/row';
import { actorOf, type DescribedRow, describeRow } from '../../operator/activity/describe';
import { localClock, localDay } from '../../operator/local-time';
import { printable } from '../../operator/printable';
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
  const start = [localClock(row.time), String(row.status ?? 'ok').padEnd(3), row.request ?? row.rowId].join('  ');
  const text = indented(wrap(printable(`${actorOf(row)}: ${row.sentence}`), room(width, columns.what)), columns.what);
  // The id of an operator's action is longer than that of a request.
  const what = start.length + 2 > columns.what ? [start, ...text] : beside(start, text);
  if (!row.remedy) return what;
  const advice = wrap(`${row.remedy.do} ${row.remedy.docs}`, room(width, columns.request));
  return [...what, ...indented(advice, columns.request)];
}

/** The first line of a column, with what stands before it, and the others. */
function beside(start: string, [first = '', ...rest]: readonly string[]): readonly string[] {
  return [start + first.slice(start.length), ...rest];
}

const room = (width: number, from: number) => Math.max(narrowest, width - from);

const indented = (lines: readonly string[], by: number) => lines.map((line) => ' '.repeat(by) + line);
