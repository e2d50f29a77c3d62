import { randomUUID } from 'node:crypto';
import type { TenantState } from '../directory/tenant-state';
import type { RequestFacts } from '../gateway/request-facts';
import { type KeptActivity, putFirstRead, putRow } from '../store/activity';
import { describeError, type Log } from '../telemetry/log';
import { countsOfDeployment } from '../telemetry/metrics';
import { readMarkSortKey } from './keys';
import { bodiesRow, failureRow, type Keeping, operationRow, readRow } from './request-rows';
import type { ActivityRow } from './row';

/** How long a request waits for its rows, in milliseconds. */
const patience = 50;

/** The most reads that are remembered; above it all are forgotten, which costs some writes. */
const capacity = 10_000;

/** The most days for which bodies are kept. */
const bodyDays = 7;

/** Services of the recorder. */
export interface RecorderServices {
  readonly activity: KeptActivity;
  readonly state: (tenantId: string) => Promise<TenantState>;
  readonly log: Log;
  /** The name by which the deployment's metrics are known. */
  readonly deployment: string;
}

/**
 * Makes the function that records what a request came to: a row for a failure, a row for the first successful read of
 * its kind in an hour by a credential, and while an operator records bodies, a row with those. Changes
 * are recorded from the streams. It never rejects and waits 50 ms at most; rows that are not written by then are
 * counted, and may still be written.
 */
export function requestRecorder(services: RecorderServices): (facts: RequestFacts) => Promise<void> {
  const { activity, log, deployment } = services;
  const isFirst = firstInHour();
  return async (facts) => {
    const rows = [...outcomeRows(facts, activity.days, isFirst), ...(await bodyRows(services, facts))];
    if (rows.length === 0) return;
    const problems: unknown[] = [];
    let written = 0;
    const puts = rows.map((row) =>
      (row.kind === 'read' ? putFirstRead : putRow)(activity, row).then(
        () => {
          written += 1;
        },
        (error: unknown) => problems.push(error),
      ),
    );
    await within(patience, Promise.all(puts));
    if (written === rows.length) return;
    log({
      level: 'warn',
      message: 'activity not recorded',
      requestId: facts.requestId,
      rows: rows.length - written,
      ...(problems.length > 0 && { error: describeError(problems[0]) }),
      ...countsOfDeployment(deployment, facts.ended, { UnrecordedActivity: rows.length - written }),
    });
  };
}

function outcomeRows(
  facts: RequestFacts,
  days: number,
  isFirst: (row: ActivityRow) => boolean,
): readonly ActivityRow[] {
  const keeping = (): Keeping => ({ rowId: randomUUID(), days });
  if (facts.error) return [failureRow(facts, facts.error, keeping())];
  const operations = (facts.response?.failed ?? []).map((operation) => operationRow(facts, operation, keeping()));
  const read = readRow(facts, keeping());
  return read && isFirst(read) ? [...operations, read] : operations;
}

/** The row of bodies, while an operator records them. A state that cannot be read records none. */
async function bodyRows({ state, activity }: RecorderServices, facts: RequestFacts): Promise<readonly ActivityRow[]> {
  const { recordUntil } = await state(facts.caller.tenantId).catch((): TenantState => ({}));
  if (recordUntil === undefined || Date.parse(recordUntil) <= facts.ended.getTime()) return [];
  return [bodiesRow(facts, { rowId: randomUUID(), days: Math.min(bodyDays, activity.days) })];
}

/** Makes the function that says whether a read is the first of its kind in its hour, as far as this process knows. */
function firstInHour(): (row: ActivityRow) => boolean {
  const seen = new Set<string>();
  return (row) => {
    const read = `${row.tenantId}#${readMarkSortKey(row)}`;
    if (seen.has(read)) return false;
    if (seen.size >= capacity) seen.clear();
    seen.add(read);
    return true;
  };
}

async function within(milliseconds: number, step: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([step, late]);
  clearTimeout(timer);
}
