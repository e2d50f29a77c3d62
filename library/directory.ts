/**
 * Reads the users, groups and memberships of a tenant, from an application. It needs `grantReadDirectory`.
 *
 * @module serverless-scim/directory
 */

export type { DirectoryOptions, TableNames } from './connection/tables';
export type { DirectoryChange } from './directory/changes';
export type { Nesting } from './directory/memberships';
export { type Directory, openDirectory } from './directory/open';
export type { SnapshotEntry } from './directory/snapshot';
export type { Changes, Groups, Snapshot, TenantDirectory, Users } from './directory/tenant';
export type {
  Address,
  CoreGroup,
  CoreUser,
  EnterpriseUrn,
  EnterpriseUser,
  Group,
  Member,
  Name,
  Page,
  PageRequest,
  Stored,
  TypedValue,
  User,
} from './directory/user';
export {
  AmbiguousError,
  ChangesForgottenError,
  CredentialsError,
  type Grant,
  MissingPermissionError,
  OtherReleaseError,
  RefusedError,
  ScimLibraryError,
  type ScimLibraryErrorCode,
  ThrottledError,
  UnknownDeploymentError,
  UnknownTenantError,
  UnreachableError,
} from './errors';
