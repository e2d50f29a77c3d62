/** A row with an id of its own and a time. */
interface Timed {
  readonly id: string;
  readonly time: string;
}

/** Rows of both lists, each once, the newest first. Where both have a row, that of the first list is kept. */
export function mergeRows<Row extends Timed>(news: readonly Row[], rows: readonly Row[]): readonly Row[] {
  if (news.length === 0) return rows;
  const byId = new Map([...rows, ...news].map((row) => [row.id, row]));
  return [...byId.values()].sort((one, other) => compare(other.time, one.time) || compare(other.id, one.id));
}

const compare = (one: string, other: string) => (one < other ? -1 : Number(one > other));
