import { rowSortKey } from '../../lambda/activity/keys';
import type { ActivityRow } from '../../lambda/activity/row';
import type { OpenActivity } from './open';
import { type ActivityFilter, readActivity } from './read';

/** How late a row may come, in milliseconds: rows of changes come from the stream. */
const late = 120_000;

/** A page of rows, the newest first. */
export interface ActivityPage {
  readonly rows: readonly ActivityRow[];
  /** The sort key of the last row, if others follow: `before` of the next page. */
  readonly next?: string;
}

/** Reads a page of rows, the newest first. @param count how many at most */
export async function readPage(
  activity: OpenActivity,
  { since, before, ...filter }: ActivityFilter,
  count: number,
): Promise<ActivityPage> {
  const range = before === undefined ? { ...(since && { since }) } : { before };
  // A filter by credential examines rows that it leaves out: whole pages of DynamoDB, then.
  const pageSize = filter.credential === undefined ? count + 1 : undefined;
  const rows: ActivityRow[] = [];
  for await (const row of readActivity(activity, { ...filter, ...range }, 'newest first', pageSize)) {
    if (since && row.time < since.toISOString()) break;
    if (rows.length === count) {
      const last = rows.at(-1) ?? row;
      return { rows, next: rowSortKey(last.time, last.rowId) };
    }
    rows.push(row);
  }
  return { rows };
}

/** The rows that came since a position, the newest first. */
export interface ActivityNews {
  readonly rows: readonly ActivityRow[];
  /** Whether there are more rows than these. */
  readonly more: boolean;
  readonly position: Date;
}

/** Where `readNews` goes on after rows that were read now: rows of the last two minutes can still come. */
export function positionNow({ deployment }: OpenActivity): Date {
  return new Date(deployment.services.clock().getTime() - late);
}

/** Reads the rows since a position, at most `count`: also such as were read before, because rows can come late. */
export async function readNews(
  activity: OpenActivity,
  filter: Omit<ActivityFilter, 'since' | 'before'>,
  position: Date,
  count: number,
): Promise<ActivityNews> {
  const next = positionNow(activity);
  const { rows, next: more } = await readPage(activity, { ...filter, since: position }, count);
  return { rows, more: more !== undefined, position: next > position ? next : position };
}
