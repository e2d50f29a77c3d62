import { queryRows, readRow, rowsOfTenant } from '../../../operator/store/activity';
import {
  type PortalSetup,
  readPortalSetup,
  type SeenStep,
  savePortalSetup,
} from '../../../operator/store/portal-setup';
import type { Checked, Checklist, ChecklistStep } from '../../../web/api/portal';
import type { ActivityRow } from '../../activity/row';
import type { TemplateId } from '../../activity/templates';
import { isTestName } from '../../directory/test-domain';
import type { ActivityTable } from '../../store/activity';
import type { SessionContext } from '../context';
import { lastRequest } from '../last-request';
import { lineOf } from '../line';
import { testLabel } from '../test-label';

const reads: readonly TemplateId[] = ['read', 'listed', 'lookedUp', 'searched', 'discovered'];
const creations: readonly TemplateId[] = ['created', 'createdDisabled'];

/** The sentences of the rows that fulfil a step. */
const fulfilling: Readonly<Record<ChecklistStep, readonly TemplateId[]>> = {
  testCall: [...reads, ...creations, 'changed', 'renamed', 'disabled', 'enabled', 'deleted'],
  firstUser: creations,
  firstGroup: ['created'],
  firstMember: ['created', 'membersAdded', 'membersChanged'],
  firstDeactivation: ['disabled', 'deleted', 'createdDisabled'],
};

const steps = Object.keys(fulfilling) as readonly ChecklistStep[];

/** Which resource a step is about. */
const about: Readonly<Partial<Record<ChecklistStep, 'User' | 'Group'>>> = {
  firstUser: 'User',
  firstGroup: 'Group',
  firstMember: 'Group',
  firstDeactivation: 'User',
};

/** How many rows one call reads; the next one goes on. */
const mostRows = 1_000;

/** Rows of changes come seconds after their time, in milliseconds. */
const lateness = 2 * 60_000;

/** `checklist.get`: reads what has happened since the last call, until every step was seen. */
export async function getChecklist({ services, current, now }: SessionContext): Promise<Checklist> {
  const { tables, activity } = services.deployment;
  const { tenantId } = current.session;
  if (!activity) return { steps: steps.map((step) => ({ step })), isComplete: true };
  const before = await readPortalSetup(tables, tenantId);
  const after = await readOn(activity, tenantId, before, now);
  if (after !== before) {
    await savePortalSetup(tables, tenantId, {
      seen: after.seen,
      ...(after.readUntil !== undefined && { readUntil: after.readUntil }),
    });
  }
  const [checked, last] = await Promise.all([
    Promise.all(steps.map((step) => describe(activity, tenantId, step, after.seen[step]))),
    lastRequest(activity, tenantId, now, ['change', 'read', 'failure']),
  ]);
  return { steps: checked, ...(last && { lastRequest: lineOf(last) }), isComplete: after.isComplete };
}

type Progress = PortalSetup & { readonly isComplete: boolean };

async function readOn(table: ActivityTable, tenantId: string, before: PortalSetup, now: Date): Promise<Progress> {
  const missing = new Set(steps.filter((step) => before.seen[step] === undefined));
  if (missing.size === 0) return Object.assign(before, { isComplete: true });
  const seen: Record<string, SeenStep> = { ...before.seen };
  let count = 0;
  let last = before.readUntil;
  const { readUntil: since } = before;
  const rows = queryRows(table, rowsOfTenant(tenantId), {
    now,
    kinds: ['change', 'read'],
    order: 'oldest first',
    ...(since !== undefined && { since }),
    pageSize: mostRows,
  });
  for await (const row of rows) {
    for (const step of missing) {
      if (!fulfils(row, step)) continue;
      seen[step] = { time: row.time, rowId: row.rowId };
      missing.delete(step);
    }
    last = row.time;
    count += 1;
    if (missing.size === 0 || count >= mostRows) break;
  }
  const isComplete = count < mostRows;
  const settled = new Date(now.getTime() - lateness).toISOString();
  // What may still come late is read again.
  const readUntil = isComplete || last === undefined || last > settled ? later(since, settled) : last;
  return { ...before, seen, readUntil, isComplete };
}

const later = (a: string | undefined, b: string) => (a !== undefined && a > b ? a : b);

/** Whether a row is the identity provider's doing, and what the step waits for. */
function fulfils(row: ActivityRow, step: ChecklistStep): boolean {
  const { actor, template, resource, personal, counts = {} } = row;
  if (actor.operator || actor.label === testLabel || isTestName(personal?.name)) return false;
  if (!fulfilling[step].includes(template)) return false;
  if (about[step] !== undefined && resource?.type !== about[step]) return false;
  return step !== 'firstMember' || (counts.added ?? 0) > 0;
}

async function describe(
  table: ActivityTable,
  tenantId: string,
  step: ChecklistStep,
  seen: SeenStep | undefined,
): Promise<Checked> {
  if (!seen) return { step };
  const row = await readRow(table, tenantId, seen);
  // The row is deleted after its time; that it happened stays.
  if (!row) return { step, done: { time: seen.time, sentence: 'done', status: 200 } };
  const { sentence, by, status = 200 } = lineOf(row);
  return { step, done: { time: row.time, sentence, status, credential: by } };
}
