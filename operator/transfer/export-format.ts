import type { StoredResource } from '../../lambda/directory/store';
import type { ProfileName } from '../../lambda/scim/schema/profile';

/** The version of the lines below. */
export const exportFormat = 1;

/** The first line: where the rest comes from. */
export interface ExportHead {
  readonly export: 'serverless-scim';
  readonly format: number;
  readonly tenantId: string;
  readonly label: string;
  readonly profile: ProfileName;
  readonly exported: string;
}

/** One membership; `type` only of a group within a group. */
export interface ExportedMembership {
  readonly group: string;
  readonly member: string;
  readonly type?: 'Group';
}

/** How much an export holds; the last line says it, so that an export cut short is not taken for a whole one. */
export interface ExportTotals {
  readonly users: number;
  readonly groups: number;
  readonly memberships: number;
}

/** What the lines between hold: all users, then all groups, then all memberships. */
export type ExportLine =
  | { readonly user: StoredResource }
  | { readonly group: StoredResource }
  | { readonly membership: ExportedMembership }
  | { readonly end: ExportTotals };
