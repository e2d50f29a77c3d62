import { isOver } from '../../../operator/activity/failures';
import type { OpenActivity } from '../../../operator/activity/open';
import { countRefusals } from '../../../operator/activity/refusals';
import { toSentence } from '../../../operator/activity/sentence';
import { failuresOfTenant, queryRows } from '../../../operator/store/activity';
import type { FailureKind, Refusals } from '../../../web/api/portal';
import type { ActivityRow } from '../../activity/row';
import { isTestName } from '../../directory/test-domain';
import { inParallel } from '../../store/tables';
import { type SessionContext, tenantOf } from '../context';
import { lastRequest } from '../last-request';
import { testLabel } from '../test-label';
import words from '../words.json';

const day = 24 * 3_600_000;

/** How far back, how many rows are read, and how many users and groups are named for each cause. */
const most = { age: 7 * day, rows: 2_000, subjects: 20 };

/** How far back refused credentials are looked for, in milliseconds. */
const refusedWithin = 3_600_000;

interface Kind {
  readonly rows: ActivityRow[];
  readonly subjects: Map<string, ActivityRow>;
  /** Whether it concerns more than these subjects, or requests that name none. */
  hasOthers: boolean;
}

/** `failures.list` */
export async function listFailures({ services, current, now }: SessionContext) {
  const { deployment } = services;
  const { activity: table } = deployment;
  if (!table) return { failures: [] };
  const { tenantId } = current.session;
  const kinds = new Map<string, Kind>();
  const since = new Date(now.getTime() - most.age).toISOString();
  const rows = queryRows(table, failuresOfTenant(tenantId), { now, since, order: 'newest first', pageSize: 500 });
  let count = 0;
  for await (const row of rows) {
    if (!isOfTest(row)) add(kinds, row);
    count += 1;
    if (count >= most.rows) break;
  }
  const open: OpenActivity = { deployment, table, tenant: { tenantId, label: current.invitation.customer } };
  const lastSuccess = (await lastRequest(table, tenantId, now, ['change', 'read']))?.time;
  const yesterday = new Date(now.getTime() - day).toISOString();
  const isQuiet = ({ time }: ActivityRow) => time < yesterday && lastSuccess !== undefined && lastSuccess > time;
  const found = [...kinds.values()].sort((a, b) => b.rows.length - a.rows.length);
  return { failures: await inParallel(found, (kind) => describe(open, kind, isQuiet)) };
}

const isOfTest = ({ actor, personal }: ActivityRow) => actor.label === testLabel || isTestName(personal?.name);

function add(kinds: Map<string, Kind>, row: ActivityRow): void {
  const key = `${row.status} ${row.remedy}`;
  const kind: Kind = kinds.get(key) ?? { rows: [], subjects: new Map(), hasOthers: false };
  kinds.set(key, kind);
  kind.rows.push(row);
  const name = row.personal?.name ?? row.resource?.id;
  const subject = row.resource && name !== undefined ? `${row.resource.type} ${name}` : undefined;
  if (subject !== undefined && kind.subjects.has(subject)) return;
  if (subject !== undefined && kind.subjects.size < most.subjects) kind.subjects.set(subject, row);
  else kind.hasOthers = true;
}

async function describe(
  open: OpenActivity,
  { rows, subjects, hasOthers }: Kind,
  isQuiet: (last: ActivityRow) => boolean,
): Promise<FailureKind> {
  const [last] = rows as [ActivityRow];
  const { status = 500, remedy = 'fault', request } = last;
  const { cause, remedy: todo } = words.failures[remedy];
  const concerned = await inParallel([...subjects.values()], async (row) => ({
    name: row.personal?.name ?? row.resource?.id ?? '',
    type: row.resource?.type ?? 'User',
    isSolved: await isOver(open, row),
  }));
  const isSolved = !hasOthers && concerned.every((subject) => subject.isSolved);
  const unsolved = isQuiet(last) ? 'quiet' : 'open';
  return {
    state: isSolved ? 'solved' : unsolved,
    status,
    cause,
    remedy: todo,
    count: rows.length,
    first: rows.at(-1)?.time ?? last.time,
    last: last.time,
    sentence: toSentence(last),
    ...(request !== undefined && { requestId: request }),
    subjects: concerned,
  };
}

/** `refusals.list` */
export async function listRefusals(context: SessionContext): Promise<{ readonly refusals: readonly Refusals[] }> {
  const tenant = await tenantOf(context);
  const since = new Date(context.now.getTime() - refusedWithin);
  const found = await countRefusals(context.services.deployment, tenant, since);
  const reasons: Readonly<Record<string, { readonly cause: string; readonly remedy: string } | undefined>> =
    words.refusals;
  return {
    refusals: found.map(({ reason, count, last, label }) => {
      const { cause, remedy } = reasons[reason] ?? words.refusals.unknown;
      return { cause, remedy, count, last, ...(label !== undefined && { credential: label }) };
    }),
  };
}
