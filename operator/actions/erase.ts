import type { ResourceType } from '../../lambda/directory/resource-types';
import type { Tenant } from '../../lambda/tenants/tenant';
import { eraseFromActivity } from '../activity/erase';
import { recordAction } from '../activity/record-action';
import type { Deployment } from '../connection/open';
import { counted } from '../counted';
import { type Erasable, eraseResource } from '../directory/erase-resource';
import type { Task } from '../task';

/** What was erased, and what to tell the operator. */
export interface Erased {
  /** Rows of activity of which the personal values were cleared. */
  readonly rows: number;
  readonly sentence: string;
  readonly notes: readonly string[];
}

/**
 * Erases a user or group from the directory, from what is kept of deletions, and from the activity, and records it.
 * Reports how many rows of activity were read.
 * @throws OperatorError if it exists and operators may not change users and groups, or it is aborted
 */
export async function erase(
  deployment: Deployment,
  tenant: Tenant,
  type: ResourceType,
  found: Erasable,
  task: Task<number> = {},
): Promise<Erased> {
  await eraseResource(deployment, tenant, type, found);
  const subject = { type: type.name, ids: found.ids, names: found.names };
  const rows = await eraseFromActivity(deployment, tenant.tenantId, subject, task);
  const [id] = found.ids;
  const resource = { type: type.name, ...(id !== undefined && { id }) };
  return {
    rows,
    sentence: `Erased: ${describeErasable(type, found)}. Its name is cleared from ${counted(rows, 'row')} of activity.`,
    notes: [
      'A change of the last minute may still come to the activity: erase it again in a minute, until nothing is found.',
      ...(await recordAction(deployment, tenant.tenantId, { action: 'erased', resource })),
    ],
  };
}

/** What an erasure deletes, in words: the rest of a sentence that begins with "This erases". */
export function describeErasable({ name: type }: ResourceType, { living, deleted, name }: Erasable): string {
  const noun = type.toLowerCase();
  const parts = [
    ...(living === undefined ? [] : [`${noun} ${living} (${name}) with its memberships`]),
    ...(deleted.length === 0
      ? []
      : [`what is kept of the deleted ${noun}${deleted.length === 1 ? '' : 's'} ${deleted.join(', ')}`]),
  ];
  return parts.length === 0 ? `what the activity has of ${noun} ${name}` : parts.join(' and ');
}
