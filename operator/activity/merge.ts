import type { ActivityRow } from '../../lambda/activity/row';
import type { RowSelection } from '../store/activity';

/** Whether a row comes before another one of the same list. */
function isBefore(a: ActivityRow, b: ActivityRow, order: RowSelection['order']): boolean {
  const [keyA, keyB] = [a, b].map(({ time, rowId }) => `${time}#${rowId}`) as [string, string];
  return order === 'newest first' ? keyA > keyB : keyA < keyB;
}

/** Merges lists of rows, each in this order, into one in the same order. It holds one row of each. */
export async function* mergeRows(
  lists: readonly AsyncIterable<ActivityRow>[],
  order: RowSelection['order'],
): AsyncIterable<ActivityRow> {
  const readers = lists.map((list) => list[Symbol.asyncIterator]());
  const heads = await Promise.all(readers.map((reader) => reader.next()));
  for (;;) {
    let first: { readonly at: number; readonly row: ActivityRow } | undefined;
    for (const [at, { done, value }] of heads.entries()) {
      if (!done && (first === undefined || isBefore(value, first.row, order))) first = { at, row: value };
    }
    if (!first) return;
    yield first.row;
    heads[first.at] = (await readers[first.at]?.next()) ?? { done: true, value: undefined };
  }
}
