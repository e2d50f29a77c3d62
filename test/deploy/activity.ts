import { setTimeout as sleep } from 'node:timers/promises';
import type { ActivityRow } from '../../lambda/activity/row';
import { openActivity } from '../../operator/activity/open';
import { readActivity } from '../../operator/activity/read';
import type { Deployment } from '../../operator/connection/open';
import { linesOf } from '../traffic/row-lines';

/** Returns the lines of a tenant's activity as soon as they are the expected ones, or when the time is over. */
export async function linesOfTenant(
  deployment: Deployment,
  tenantId: string,
  expected: readonly string[],
  seconds: number,
): Promise<readonly string[]> {
  const activity = await openActivity(deployment, tenantId);
  const end = Date.now() + seconds * 1000;
  const wanted = JSON.stringify(expected);
  for (;;) {
    const rows: ActivityRow[] = [];
    for await (const row of readActivity(activity, {}, 'oldest first')) rows.push(row);
    // What operators did comes from their commands, not from the traffic.
    const lines = linesOf(
      rows.filter(({ kind }) => kind !== 'action'),
      tenantId,
    );
    if (JSON.stringify(lines) === wanted || Date.now() > end) return lines;
    await sleep(500);
  }
}
