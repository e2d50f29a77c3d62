import { pipeline } from 'node:stream/promises';
import type { ActivityRow } from '../../lambda/activity/row';
import { describeRow } from '../../operator/activity/describe';
import { activityFilter } from '../../operator/activity/filter';
import { followActivity } from '../../operator/activity/follow';
import { type OpenActivity, openActivity } from '../../operator/activity/open';
import { type ActivityFilter, readActivity, readLast } from '../../operator/activity/read';
import { OperatorError } from '../../operator/error';
import { toJson } from '../../operator/printable';
import type { Session } from '../command';
import type { CommandOutput } from '../output';
import { csvHead, csvLine } from './csv';
import { rowFormatter } from './lines';
import { listRefusals } from './refused';

/** The options of `activity`. */
export interface ListOptions {
  readonly failed?: true;
  readonly user?: string;
  readonly group?: string;
  readonly credential?: string;
  readonly since?: Date;
  readonly follow?: true;
  readonly refused?: true;
  readonly json?: true;
  readonly csv?: true;
}

/** How many rows are shown when no time is given. */
const lastRows = 100;

/** How many rows `--follow` shows first, when no time is given. */
const followedRows = 10;

/** The width where the terminal does not say its own. */
const usualWidth = 80;

/** `activity <tenant>`. @throws OperatorError if it is interrupted, unless it follows: the list is not complete then */
export async function listActivity(
  session: Session,
  options: ListOptions,
  name: string,
): Promise<CommandOutput | undefined> {
  if (options.refused) return listRefusals(session, options, name);
  const { terminal, deployment } = session;
  const activity = await openActivity(deployment, name);
  const rows = select(activity, options, await activityFilter(activity, options), terminal.interrupted);
  let count = 0;
  const text = async function* () {
    const format = formatter(options, terminal.columns ?? usualWidth);
    if (options.csv) yield csvHead;
    for await (const row of rows) {
      if (terminal.interrupted.aborted && !options.follow)
        throw new OperatorError('Interrupted: the list is not complete.');
      count += 1;
      yield format(row);
    }
  };
  await pipeline(text, terminal.stdout, { end: false });
  terminal.stderr.write(note(options, count));
  return undefined;
}

async function* select(
  activity: OpenActivity,
  { since, json, csv, follow }: ListOptions,
  filter: ActivityFilter,
  signal: AbortSignal,
): AsyncIterable<ActivityRow> {
  if (follow) {
    yield* followActivity(activity, { ...filter, since: since ?? (await sinceLast(activity, filter)) }, signal);
  } else if (since || json || csv) {
    yield* readActivity(activity, filter, 'oldest first');
  } else {
    yield* await readLast(activity, filter, lastRows);
  }
}

/** When the first of the last few rows happened; now, if there are none. */
async function sinceLast(activity: OpenActivity, filter: ActivityFilter): Promise<Date> {
  const [first] = await readLast(activity, filter, followedRows);
  return first ? new Date(first.time) : activity.deployment.services.clock();
}

function formatter({ json, csv }: ListOptions, width: number): (row: ActivityRow) => string {
  if (json) return (row) => `${toJson(describeRow(row))}\n`;
  return csv ? csvLine : rowFormatter(width);
}

function note({ since, json, csv, follow }: ListOptions, count: number): string {
  if (json || csv || follow) return '';
  if (count === 0) return 'There is no activity of this kind. Rows of changes come a few seconds after the request.\n';
  return count === lastRows && !since ? `The last ${lastRows}: --since 7d shows those of a week.\n` : '';
}
