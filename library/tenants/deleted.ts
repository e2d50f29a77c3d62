import { sweepDelaySeconds } from '../../deployment/sweep-delay';
import { listDeleted } from '../../operator/directory/deleted';
import { nameOf, typesByName } from '../../operator/directory/identity';
import { restoreDeleted } from '../../operator/directory/restore';
import { withSweeping } from '../../operator/directory/sweeping';
import { requireOneOf } from '../../operator/tenants/check-options';
import { dated } from './checked';
import { given } from './given';
import type { Session } from './session';

/** A deleted user or group that is still kept. Times are ISO 8601 in UTC. */
export interface Deleted {
  readonly id: string;
  readonly type: 'User' | 'Group';
  /** Its userName or displayName. */
  readonly name?: string;
  readonly externalId?: string;
  readonly deleted: string;
  readonly keptUntil: string;
  /** The label or the id of the credential that deleted it, or an operator's command. */
  readonly by: string;
  /** Whether `restore` would restore it now: false within a minute of the deletion, and if deleted resources are not kept. */
  readonly restorable: boolean;
  /** Only while it cannot be restored yet: when it can, give or take some seconds. */
  readonly restorableFrom?: string;
  /** Those that exist with the same name or externalId: probably the same one, created again. */
  readonly thereNow: readonly { readonly id: string; readonly same: readonly string[] }[];
}

/** Which deleted users and groups `deleted.list` returns. */
export interface DeletedFilter {
  /** Only those deleted since then. */
  readonly since?: Date;
  readonly type?: 'User' | 'Group';
  /** The most to return; all are counted. @default 100 */
  readonly count?: number;
}

/** A user or group that was restored. */
export interface Restored {
  readonly id: string;
  /** Its userName or displayName. */
  readonly name?: string;
  /** The version that it has now; its event has the same. */
  readonly version: number;
  /** How many groups it is in again. */
  readonly groups: number;
  /** How many members a group has again. */
  readonly members: number;
  /** The ids of deleted groups and members: the membership comes back when they are restored. */
  readonly waiting: readonly string[];
  /** The ids of groups and members that neither exist nor can be restored. */
  readonly gone: readonly string[];
  /** How many groups were too many to keep: it is in none of them. */
  readonly unknownGroups: number;
  /** How many members were too many to keep: it has none of them. */
  readonly unknownMembers: number;
}

/** The deleted users and groups of a tenant (`docs/deleted.md`). */
export interface DeletedResources {
  /**
   * Returns those that are kept, the last deleted first, and how many there are. It reads everything that is kept.
   *
   * @throws UnknownTenantError if there is no such tenant
   * @throws RangeError if `since` is no valid date, or `count` no number
   */
  list(
    tenantId: string,
    filter?: DeletedFilter,
  ): Promise<{ readonly found: readonly Deleted[]; readonly total: number }>;
  /**
   * Restores a user or group with its id, attributes, and the memberships of which both ends exist.
   *
   * @throws UnknownTenantError if there is no such tenant
   * @throws RefusedError if it is not kept, is not deleted, was deleted less than a minute ago, or has a value that another
   *   one has by now; then nothing was changed
   */
  restore(tenantId: string, type: 'User' | 'Group', id: string): Promise<Restored>;
}

const sweptAt = ({ deleted }: Pick<Deleted, 'deleted'>) => ({
  restorableFrom: new Date(Date.parse(deleted) + sweepDelaySeconds * 1000).toISOString(),
});

/** The operations on deleted users and groups. @internal */
export function deletedOf(session: Session): DeletedResources {
  return {
    list: (tenantId, { count = 100, type, since } = {}) =>
      session.of(tenantId, async (deployment, tenant) => {
        if (Number.isNaN(count)) throw new RangeError('count is not a number.');
        if (type !== undefined) requireOneOf('type', type, Object.keys(typesByName));
        const filter = given({ type, since: dated(since) });
        const { found, total } = await listDeleted(deployment, tenant, { ...filter, count: Math.max(0, count) });
        const rows = await withSweeping(deployment, tenantId, found);
        return { found: rows.map(({ isSweeping, ...row }) => ({ ...row, ...(isSweeping && sweptAt(row)) })), total };
      }),
    restore: (tenantId, type, id) =>
      session.change(tenantId, async (deployment, tenant) => {
        requireOneOf('type', type, Object.keys(typesByName));
        const { stored, actionId, ...counts } = await restoreDeleted(deployment, tenant, typesByName[type], id);
        const name = nameOf(type, stored.resource);
        const named = given({ name });
        const action = { action: 'restored', id: actionId, resource: { type, id } } as const;
        return [
          { ...action, personal: named },
          { id, ...named, version: stored.version, ...counts },
        ];
      }),
  };
}
