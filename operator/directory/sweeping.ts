import { isMarked } from '../../lambda/store/marks';
import { inParallel } from '../../lambda/store/tables';
import type { DataAccess } from '../connection/open';
import type { DeletedResource } from './deleted';

/** How long after its deletion a resource is asked for its mark: the last sweep comes after a minute, or is late. */
const longest = 3_600_000;

/**
 * Adds to deleted users and groups of a tenant whether their memberships are still being removed: for about a minute. Until
 * then, restoring them is refused, so they are not restorable.
 */
export async function withSweeping<Deleted extends Pick<DeletedResource, 'id' | 'type' | 'deleted' | 'restorable'>>(
  { tables, services }: Pick<DataAccess, 'tables' | 'services'>,
  tenantId: string,
  found: readonly Deleted[],
): Promise<readonly (Deleted & { readonly isSweeping: boolean })[]> {
  const since = services.clock().getTime() - longest;
  return inParallel(found, async (deleted) => {
    const { type, id } = deleted;
    const isSweeping = Date.parse(deleted.deleted) > since && (await isMarked(tables, { tenantId, type }, id));
    return { ...deleted, restorable: deleted.restorable && !isSweeping, isSweeping };
  });
}
