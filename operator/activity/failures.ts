import { subjectPartition } from '../../lambda/activity/keys';
import { type Remedy, remedyOf } from '../../lambda/activity/remedy';
import type { ActivityRow } from '../../lambda/activity/row';
import { resourceTypes } from '../../lambda/directory/resource-types';
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
 * Whether nobody has to do anything: a change has helped since, of the resource, or by which one has the name that could
 * not be created; or it is one that `doctor` made, deleted and then asked for.
 */
export async function isOver(activity: OpenActivity, row: ActivityRow): Promise<boolean> {
  const { resource, personal, time } = row;
  const type = resourceTypes.find(({ name }) => name === resource?.type);
  if (!type) return false;
  if (resource?.id === undefined) {
    return personal?.name !== undefined && (await findInDirectory(activity, type, personal.name)) !== undefined;
  }
  const { table, tenant, deployment } = activity;
  const changes = queryRows(table, rowsOfSubject(subjectPartition(tenant.tenantId, resource.id)), {
    now: deployment.services.clock(),
    kinds: ['change'],
    order: 'newest first',
  });
  for await (const last of changes) return last.time >= time || isTestName(last.personal?.name);
  return false;
}

const byCount = (found: ReadonlyMap<string, FailureKind>) => [...found.values()].sort((a, b) => b.count - a.count);

const nameOf = ({ personal, resource }: ActivityRow) => personal?.name ?? resource?.id ?? '(erased)';
