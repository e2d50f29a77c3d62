import type { StoredResource } from '../../lambda/directory/store';
import type { ProfileName } from '../../lambda/scim/schema/profile';
import type { TombstoneBody } from '../../lambda/store/tombstone-bodies';
import type { RoleMapping } from '../roles/mapping';
import type { NamedDeletion } from '../store/tombstones';

/** Version of the export format. */
export const exportFormat = 1;

/** The first line: the source of the export. */
export interface ExportHead {
  readonly export: 'serverless-scim';
  readonly format: number;
  readonly tenantId: string;
  readonly label: string;
  readonly profile: ProfileName;
  readonly exported: string;
}

/** A user or a group. */
export type ExportedResource = Omit<StoredResource, 'by'>;

/** One membership; `type` only for a group in a group. */
export interface ExportedMembership {
  readonly group: string;
  readonly member: string;
  readonly type?: 'Group';
}

/** Totals of an export. They are its last line, so that an import notices an export that was cut off. */
export interface ExportTotals {
  readonly users: number;
  readonly groups: number;
  readonly memberships: number;
  readonly tombstones: number;
  readonly deleted: number;
  /** 1 if the tenant has a mapping of groups to roles. */
  readonly roles: number;
}

/**
 * The lines between: all users, then all groups, then all memberships, then the tombstones of deleted users and groups,
 * then what is kept of these, then the mapping of groups to roles.
 */
export type ExportLine =
  | { readonly user: ExportedResource }
  | { readonly group: ExportedResource }
  | { readonly membership: ExportedMembership }
  | { readonly tombstone: NamedDeletion }
  | { readonly deleted: TombstoneBody }
  | { readonly roles: RoleMapping }
  | { readonly end: ExportTotals };
