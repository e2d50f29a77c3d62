import { setTimeout as sleep } from 'node:timers/promises';
import type { ActivityRow } from '../../lambda/activity/row';
import type { OpenActivity } from './open';
import { type ActivityFilter, readActivity } from './read';

/** How often new rows are looked for, and how late a row may come, in milliseconds: rows of changes come from the stream. */
const timing = { poll: 2_000, late: 120_000 };

/** Rows as they come, until the signal aborts. A row that comes late is not missed; each comes once. */
export async function* followActivity(
  activity: OpenActivity,
  filter: ActivityFilter & { readonly since: Date },
  signal: AbortSignal,
): AsyncIterable<ActivityRow> {
  const { clock } = activity.deployment.services;
  // The rows that a later look finds again.
  let known: ReadonlySet<string> = new Set();
  let { since } = filter;
  while (!signal.aborted) {
    const next = new Date(Math.max(since.getTime(), clock().getTime() - timing.late));
    const again = new Set<string>();
    for await (const row of readActivity(activity, { ...filter, since }, 'oldest first')) {
      if (row.time >= next.toISOString()) again.add(row.rowId);
      if (!known.has(row.rowId)) yield row;
    }
    known = again;
    since = next;
    await sleep(timing.poll, undefined, { signal }).catch(() => undefined);
  }
}
