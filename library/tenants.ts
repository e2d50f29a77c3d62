/**
 * Manages tenants from an application: their credentials, state, activity and deleted users. It needs `grantManageTenants`;
 * to read activity only, `grantReadActivity`.
 *
 * @module serverless-scim/tenants
 */

export type { DeploymentDescription } from '../deployment/description';
export type { GroupSelector, RoleMapping, RoleRule } from '../operator/roles/mapping';
export type { AwsClientOptions } from './connection/client-options';
export {
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
export type { Activity, ActivityEntry, ActivityFilter, Health, Refusal } from './tenants/activity';
export type { Brake, Hold } from './tenants/brake';
export type { Client, ClientOptions, Clients, NewClient, RotateClientOptions, Trust } from './tenants/clients';
export type { CredentialState, Scope } from './tenants/credential';
export type { Deleted, DeletedFilter, DeletedResources, Restored } from './tenants/deleted';
export type {
  Invitation,
  InvitationOptions,
  InvitationScope,
  Invitations,
  NewInvitation,
} from './tenants/invitations';
export { openTenants, type Tenants, type TenantsOptions } from './tenants/open';
export type { NewRoleMapping, Roles } from './tenants/roles';
export type {
  DeleteOptions,
  NewTenant,
  Profile,
  Tenant,
  TenantDetails,
  TenantOperations,
  TenantOptions,
  Tier,
} from './tenants/tenant';
export type { NewToken, RotateTokenOptions, Token, TokenOptions, Tokens } from './tenants/tokens';
