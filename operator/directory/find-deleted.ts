import { isId } from '../../lambda/directory/id';
import { groupType, type ResourceType, userType } from '../../lambda/directory/resource-types';
import type { KeptResource, TombstoneBody } from '../../lambda/store/tombstone-bodies';
import type { Tenant } from '../../lambda/tenants/tenant';
import type { DataAccess } from '../connection/open';
import { OperatorError } from '../error';
import { readBody } from '../store/tombstone-bodies';

/** How long the stream's function takes at most to keep a deleted resource, if nothing fails, in milliseconds. */
const keepTime = 10 * 60 * 1000;

/** Finds what is kept of a deleted resource. @throws OperatorError if it cannot be restored */
export async function findDeleted(
  { services, store, tables }: DataAccess,
  { tenantId, label }: Tenant,
  type: ResourceType,
  id: string,
): Promise<KeptResource> {
  const remedy = { operation: 'list deleted', values: { tenant: label } } as const;
  const now = services.clock();
  const [body, deletions, existing] = isId(id)
    ? await Promise.all([
        readBody(tables, tenantId, id, now),
        store.deletions(tenantId, [id], now),
        store.existing({ tenantId, type: type.name }, [id]),
      ])
    : [undefined, new Map<string, string>(), new Set<string>()];
  if (existing.has(id)) throw new OperatorError(`${type.name} ${id} is not deleted: there is nothing to restore.`);
  if (body?.type === otherType(type).name)
    throw new OperatorError(`${id} is a ${body.type}, not a ${type.name}: restore it as one.`);
  if (body?.kept) return body.kept;
  if (body) throw notYetKept(body, now);
  const deleted = deletions.get(id);
  throw deleted === undefined
    ? new OperatorError(
        `Tenant ${label} has no deleted ${type.name} with the id "${id}": use an id from the list of deleted ones.`,
        { remedy },
      )
    : new OperatorError(
        `${id} was deleted on ${deleted}, and only its id is kept now: it cannot be restored. Create it again.`,
      );
}

const otherType = (type: ResourceType) => (type === userType ? groupType : userType);

function notYetKept({ id, deleted, type }: TombstoneBody, now: Date): OperatorError {
  const age = now.getTime() - Date.parse(deleted);
  return new OperatorError(
    age < keepTime
      ? `${type} ${id} was deleted moments ago, on ${deleted}: wait a minute, then restore it.`
      : `${type} ${id} was deleted on ${deleted} and was not kept: deletedResourceRetention is 0, or the function ` +
          'changes has failed. It cannot be restored. Create it again.',
  );
}
