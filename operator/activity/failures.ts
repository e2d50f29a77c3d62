import { subjectPartition } from '../../lambda/activity/keys';
import { type Remedy, remedyOf } from '../../lambda/activity/remedy';
import type { ActivityRow } from '../../lambda/activity/row';
import { type ResourceType, resourceTypes } from '../../lambda/directory/resource-types';
import { isTestName } from '../../lambda/directory/test-domain';
import { toItem } from '../../lambda/store/activity-item';
import { failuresOfTenant, queryRows, rowsOfSubject } from '../store/activity';
import type { OpenActivity } from './open';
import { toSentence } from './sentence';
import { findInDirectory } from './subject';

/** Failures of one kind: with the same status and the same remedy. */
export interface FailureKind {
  readonly status: number;
  readonly count: number;
  /** The latest of them. */
  readonly last: ActivityRow;
  readonly sentence: string;
  readonly remedy?: Remedy;
}

/** A user or group for which the same kind of failure came again and again, and which no change has helped since. */
export interface RepeatedFailure extends FailureKind {
  readonly name: string;
}

/** How often a failure comes before it needs attention. */
const often = 3;

/** What failed since a time, the most frequent first, and the users and groups that need attention. */
export async function countFailures(activity: OpenActivity, since: Date) {
  const kinds = new Map<string, FailureKind>();
  const ofSubjects = new Map<string, FailureKind>();
  const { table, tenant, deployment } = activity;
  const selection = { now: deployment.services.clock(), since: since.toISOString(), order: 'oldest first' } as const;
  for await (const row of queryRows(table, failuresOfTenant(tenant.tenantId), selection)) {
    const kind = `${row.status} ${row.remedy}`;
    add(kinds, kind, row);
    const { subject } = toItem(row);
    if (typeof subject === 'string') add(ofSubjects, `${subject} ${kind}`, row);
  }
  const repeated: RepeatedFailure[] = [];
  for (const failure of byCount(ofSubjects).filter(({ count }) => count >= often)) {
    if (!(await isOver(activity, failure.last))) repeated.push({ ...failure, name: nameOf(failure.last) });
  }
  return { kinds: byCount(kinds), repeated };
}

function add(found: Map<string, FailureKind>, key: string, row: ActivityRow): void {
  const { status = 0, remedy } = row;
  found.set(key, {
    status,
    count: (found.get(key)?.count ?? 0) + 1,
    last: row,
    sentence: toSentence(row),
    ...(remedy && { remedy: remedyOf(remedy) }),
  });
}

/**
 * Whether nobody has to do anything: a change has helped since, of the resource, or of the one that has its name, if it was
 * not created or was deleted before; or it is one that `doctor` made, deleted and then asked for.
 */
export async function isOver(activity: OpenActivity, { resource, personal, time }: ActivityRow): Promise<boolean> {
  const type = resourceTypes.find(({ name }) => name === resource?.type);
  if (!type) return false;
  if (resource?.id === undefined) return wasChanged(activity, type, personal?.name, time);
  const last = await lastChange(activity, resource.id);
  if (!last) return false;
  if (last.time >= time || isTestName(last.personal?.name)) return true;
  return last.template === 'deleted' && wasChanged(activity, type, last.personal?.name, time);
}

/** Whether the resource that has a name now was created or changed since a time. */
async function wasChanged(activity: OpenActivity, type: ResourceType, name: string | undefined, time: string) {
  const found = name === undefined ? undefined : await findInDirectory(activity, type, name);
  return found !== undefined && found.modified >= time;
}

async function lastChange({ table, tenant, deployment }: OpenActivity, id: string): Promise<ActivityRow | undefined> {
  const changes = queryRows(table, rowsOfSubject(subjectPartition(tenant.tenantId, id)), {
    now: deployment.services.clock(),
    kinds: ['change'],
    order: 'newest first',
  });
  for await (const last of changes) return last;
  return undefined;
}

const byCount = (found: ReadonlyMap<string, FailureKind>) => [...found.values()].sort((a, b) => b.count - a.count);

const nameOf = ({ personal, resource }: ActivityRow) => personal?.name ?? resource?.id ?? '(erased)';
