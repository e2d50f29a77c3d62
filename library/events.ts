/**
 * The events of changes, typed, and what handles them in order.
 *
 * @module serverless-scim/events
 */

export { ScimLibraryError, type ScimLibraryErrorCode, UnsupportedEventError } from './errors';
export type { EventKind, ScimEvent } from './events/event';
export type {
  CredentialCreatedDetail,
  CredentialRevokedDetail,
  CredentialRotatedDetail,
  EventActor,
  EventCause,
  EventCredential,
  EventDetails,
  EventGroup,
  EventGroupOfMembers,
  EventInvitation,
  EventMember,
  EventUser,
  GroupCreatedDetail,
  GroupDeletedDetail,
  GroupRestoredDetail,
  GroupUpdatedDetail,
  InvitationOpenedDetail,
  MembersAddedDetail,
  MembersRemovedDetail,
  TenantHeldDetail,
  TenantReleasedDetail,
  UserCreatedDetail,
  UserDeletedDetail,
  UserDisabledDetail,
  UserEnabledDetail,
  UserRestoredDetail,
  UserUpdatedDetail,
} from './events/generated/details';
export { type EventHandlers, type Handled, type HandleOptions, handleEvent } from './events/handle';
export type { Versions } from './events/versions';
