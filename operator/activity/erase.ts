import {
  activityPartition,
  bodyPartition,
  memberRowPartition,
  nameHash,
  namePartition,
  readMarkPartition,
  subjectPartition,
} from '../../lambda/activity/keys';
import type { Personal } from '../../lambda/activity/row';
import type { ResourceTypeName } from '../../lambda/scim/schema/profile';
import { fold } from '../../lambda/scim/text/fold';
import type { Item } from '../../lambda/store/items';
import type { Deployment } from '../connection/open';
import { clearPersonal, deleteItems } from '../store/erase-activity';
import { stopIfAborted, type Task } from '../task';

/** A user or group to erase. */
export interface ErasedSubject {
  readonly type: ResourceTypeName;
  /** Its ids: several if it was deleted and created again. */
  readonly ids: readonly string[];
  /** What names it: its userName, its emails. They are removed wherever a row has them. */
  readonly names: readonly string[];
}

/** The partitions with rows of a tenant. */
const partitionsOf = (tenantId: string) => [
  activityPartition(tenantId),
  memberRowPartition(tenantId),
  bodyPartition(tenantId),
];

/**
 * Erases a user or group from a tenant's activity: the personal values of every row that is about it, or that holds its
 * name, such as the error of another user that wanted the same name. That something happened stays. It reads all rows of
 * the tenant, strongly consistent; it can be repeated. Reports how many rows were read.
 * @returns from how many rows
 * @throws OperatorError when it is aborted
 */
export async function eraseFromActivity(
  { activity }: Pick<Deployment, 'activity'>,
  tenantId: string,
  subject: ErasedSubject,
  task: Task<number> = {},
): Promise<number> {
  if (!activity) return 0;
  const isAbout = judge(tenantId, subject);
  let examined = 0;
  let cleared = 0;
  for (const pk of partitionsOf(tenantId)) {
    cleared += await clearPersonal(activity, pk, isAbout, (items) => {
      stopIfAborted(task, 'a part of the activity is not erased yet; erase it again.');
      examined += items;
      task.onProgress?.(examined);
    });
  }
  return cleared;
}

/** Deletes the activity of a tenant. What operators did stays until its time, without personal values. */
export async function eraseActivity({ activity, tables }: Deployment, tenantId: string): Promise<void> {
  if (!activity) return;
  for (const pk of [...partitionsOf(tenantId), readMarkPartition(tenantId)]) {
    await deleteItems(tables, activity, pk, ({ kind }) => kind === 'action');
    await clearPersonal(
      activity,
      pk,
      () => true,
      () => {},
    );
  }
}

function judge(tenantId: string, { type, ids, names }: ErasedSubject): (item: Item) => boolean {
  const subjects = new Set([
    ...ids.map((id) => subjectPartition(tenantId, id)),
    ...names.map((name) => namePartition(tenantId, nameHash(tenantId, type, name))),
  ]);
  const isNamed = finder([...ids, ...names]);
  return ({ subject, personal }) =>
    subjects.has(String(subject)) || Object.values(personal as Personal).some((value) => isNamed(String(value)));
}

/** Makes the function that finds any of these names in a text, as whole words, also in a text that is JSON. */
function finder(names: readonly string[]): (text: string) => boolean {
  const forms = names.flatMap((name) => [fold(name), fold(JSON.stringify(name).slice(1, -1))]);
  const patterns = [...new Set(forms)]
    .filter((form) => form !== '')
    .map((form) => form.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  if (patterns.length === 0) return () => false;
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${patterns.join('|')})(?![\\p{L}\\p{N}])`, 'u');
  return (text) => pattern.test(fold(text));
}
