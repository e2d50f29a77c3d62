// Written by scripts/event-types.ts from the schemas in docs/events: do not edit.

/** A user as it is after the change, or as it was before its deletion. */
export interface EventUser {
  /** The id that SCIM clients know. It is never used again. */
  readonly id: string;
  readonly externalId?: string;
  readonly userName?: string;
  readonly active: boolean;
}

/** A group as it is after the change, or as it was before its deletion. */
export interface EventGroup {
  /** The id that SCIM clients know. It is never used again. */
  readonly id: string;
  readonly externalId?: string;
  readonly displayName?: string;
}

/** The group as it was when the event was sent; of one that is gone only the id. */
export interface EventGroupOfMembers {
  /** The id that SCIM clients know. It is never used again. */
  readonly id: string;
  readonly externalId?: string;
  readonly displayName?: string;
  /** Higher in every later event of the same resource. */
  readonly version?: number;
}

/** A user with its userName or a group with its displayName, as it was when the event was sent; of one that is gone only the id. */
export interface EventMember {
  /** The id that SCIM clients know. It is never used again. */
  readonly id: string;
  readonly type: "User" | "Group";
  readonly externalId?: string;
  readonly userName?: string;
  readonly displayName?: string;
  /** Higher, as text, in every later event of the same member of the same group. */
  readonly sequence: string;
}

/** Who made the change. Absent if that is not known for sure. */
export interface EventActor {
  /** The id of the request, as at the end of an error's detail; for an operator, the id of the action. */
  readonly request?: string;
  /** The id of the token or client that made the request. */
  readonly credential?: string;
  /** What the operator called the credential. */
  readonly label?: string;
  /** An operator made the change, not an identity provider. */
  readonly operator?: true;
  /** It was the customer's administrator, in the portal. */
  readonly administrator?: true;
  /** What the operator did, such as import. */
  readonly action?: string;
}

/** The invitation by which the administrator is here. */
export interface EventInvitation {
  readonly id: string;
  /** What its session may do: set up the connection, or manage people as well. */
  readonly scope: "setup" | "manage";
}

/** The credential, without anything secret. */
export interface EventCredential {
  /** After a rotation of a token, that of the new one. */
  readonly id: string;
  /** An API token, or a client of OAuth 2.0. */
  readonly kind: "token" | "client";
  /** What it is called in lists. */
  readonly label?: string;
}

/** The membership ended because this user or group was deleted; the actor deleted it. */
export interface EventCause {
  readonly reason: "deleted";
  readonly resourceType: "User" | "Group";
  /** The id that SCIM clients know. It is never used again. */
  readonly id: string;
}

/** The detail of `Credential Created`. The customer's administrator made a credential in the portal. */
export interface CredentialCreatedDetail {
  /** Moves when something is taken away or means something else. New properties may appear at any time: ignore those you do not know. */
  readonly schemaVersion: "1";
  /** The same whenever this event is sent again. */
  readonly id: string;
  /** The tenant, as in its Base URL. */
  readonly tenantId: string;
  /** When it happened, in UTC. For people to read: versions and sequences put events in order. */
  readonly time: string;
  /** Who made the change. Absent if that is not known for sure. */
  readonly actor: EventActor;
  /** The invitation by which the administrator is here. */
  readonly invitation: EventInvitation;
  /** The credential, without anything secret. */
  readonly credential: EventCredential;
}

/** The detail of `Credential Revoked`. The customer's administrator revoked a credential in the portal. */
export interface CredentialRevokedDetail {
  /** Moves when something is taken away or means something else. New properties may appear at any time: ignore those you do not know. */
  readonly schemaVersion: "1";
  /** The same whenever this event is sent again. */
  readonly id: string;
  /** The tenant, as in its Base URL. */
  readonly tenantId: string;
  /** When it happened, in UTC. For people to read: versions and sequences put events in order. */
  readonly time: string;
  /** Who made the change. Absent if that is not known for sure. */
  readonly actor: EventActor;
  /** The invitation by which the administrator is here. */
  readonly invitation: EventInvitation;
  /** The credential, without anything secret. */
  readonly credential: EventCredential;
}

/** The detail of `Credential Rotated`. The customer's administrator gave a credential a successor in the portal: another token, or another secret of the client. */
export interface CredentialRotatedDetail {
  /** Moves when something is taken away or means something else. New properties may appear at any time: ignore those you do not know. */
  readonly schemaVersion: "1";
  /** The same whenever this event is sent again. */
  readonly id: string;
  /** The tenant, as in its Base URL. */
  readonly tenantId: string;
  /** When it happened, in UTC. For people to read: versions and sequences put events in order. */
  readonly time: string;
  /** Who made the change. Absent if that is not known for sure. */
  readonly actor: EventActor;
  /** The invitation by which the administrator is here. */
  readonly invitation: EventInvitation;
  /** The credential, without anything secret. */
  readonly credential: EventCredential;
}

/** The detail of `Group Created`. A group was created. Its members come by Members Added. */
export interface GroupCreatedDetail {
  /** Moves when something is taken away or means something else. New properties may appear at any time: ignore those you do not know. */
  readonly schemaVersion: "1";
  /** The same whenever this event is sent again. */
  readonly id: string;
  /** The tenant, as in its Base URL. */
  readonly tenantId: string;
  /** When it happened, in UTC. For people to read: versions and sequences put events in order. */
  readonly time: string;
  /** Who made the change. Absent if that is not known for sure. */
  readonly actor?: EventActor;
  /** scim-admin doctor made this user or group to test the endpoint, and deletes it. Absent from all others. */
  readonly test?: true;
  readonly resourceType: "Group";
  /** A group as it is after the change, or as it was before its deletion. */
  readonly resource: EventGroup;
  /** Higher in every later event of the same resource. */
  readonly version: number;
  /** The resource's attributes as SCIM has them, without id, meta, groups and members. Only where the deployment sends values (eventValues). */
  readonly after?: Readonly<Record<string, unknown>>;
  /** The values would have been sent, but are too much for an event. */
  readonly valuesOmitted?: true;
}

/** The detail of `Group Deleted`. A group was deleted. The resource is as it was before. Its members leave it by Members Removed. */
export interface GroupDeletedDetail {
  /** Moves when something is taken away or means something else. New properties may appear at any time: ignore those you do not know. */
  readonly schemaVersion: "1";
  /** The same whenever this event is sent again. */
  readonly id: string;
  /** The tenant, as in its Base URL. */
  readonly tenantId: string;
  /** When it happened, in UTC. For people to read: versions and sequences put events in order. */
  readonly time: string;
  /** Who made the change. Absent if that is not known for sure. */
  readonly actor?: EventActor;
  /** scim-admin doctor made this user or group to test the endpoint, and deletes it. Absent from all others. */
  readonly test?: true;
  readonly resourceType: "Group";
  /** A group as it is after the change, or as it was before its deletion. */
  readonly resource: EventGroup;
  /** Higher in every later event of the same resource. */
  readonly version: number;
  /** The resource's attributes as SCIM has them, without id, meta, groups and members. Only where the deployment sends values (eventValues). */
  readonly before?: Readonly<Record<string, unknown>>;
  /** The values would have been sent, but are too much for an event. */
  readonly valuesOmitted?: true;
}

/** The detail of `Group Restored`. An operator restored a deleted group with its id and attributes. Its members come by Members Added. */
export interface GroupRestoredDetail {
  /** Moves when something is taken away or means something else. New properties may appear at any time: ignore those you do not know. */
  readonly schemaVersion: "1";
  /** The same whenever this event is sent again. */
  readonly id: string;
  /** The tenant, as in its Base URL. */
  readonly tenantId: string;
  /** When it happened, in UTC. For people to read: versions and sequences put events in order. */
  readonly time: string;
  /** Who made the change. Absent if that is not known for sure. */
  readonly actor?: EventActor;
  /** scim-admin doctor made this user or group to test the endpoint, and deletes it. Absent from all others. */
  readonly test?: true;
  readonly resourceType: "Group";
  /** A group as it is after the change, or as it was before its deletion. */
  readonly resource: EventGroup;
  /** Higher in every later event of the same resource. */
  readonly version: number;
  /** The resource's attributes as SCIM has them, without id, meta, groups and members. Only where the deployment sends values (eventValues). */
  readonly after?: Readonly<Record<string, unknown>>;
  /** The values would have been sent, but are too much for an event. */
  readonly valuesOmitted?: true;
}

/** The detail of `Group Updated`. Attributes of a group changed, other than its members. */
export interface GroupUpdatedDetail {
  /** Moves when something is taken away or means something else. New properties may appear at any time: ignore those you do not know. */
  readonly schemaVersion: "1";
  /** The same whenever this event is sent again. */
  readonly id: string;
  /** The tenant, as in its Base URL. */
  readonly tenantId: string;
  /** When it happened, in UTC. For people to read: versions and sequences put events in order. */
  readonly time: string;
  /** Who made the change. Absent if that is not known for sure. */
  readonly actor?: EventActor;
  /** scim-admin doctor made this user or group to test the endpoint, and deletes it. Absent from all others. */
  readonly test?: true;
  readonly resourceType: "Group";
  /** A group as it is after the change, or as it was before its deletion. */
  readonly resource: EventGroup;
  /** Higher in every later event of the same resource. */
  readonly version: number;
  /** The paths of the attributes that changed, in alphabetical order. A multi-valued attribute is one path. Attributes of a schema extension come after its URN and a dot. */
  readonly changed: readonly string[];
  /** The resource's attributes as SCIM has them, without id, meta, groups and members. Only where the deployment sends values (eventValues). */
  readonly before?: Readonly<Record<string, unknown>>;
  /** The resource's attributes as SCIM has them, without id, meta, groups and members. Only where the deployment sends values (eventValues). */
  readonly after?: Readonly<Record<string, unknown>>;
  /** The values would have been sent, but are too much for an event. */
  readonly valuesOmitted?: true;
}

/** The detail of `Invitation Opened`. The customer's administrator opened an invitation to the portal. */
export interface InvitationOpenedDetail {
  /** Moves when something is taken away or means something else. New properties may appear at any time: ignore those you do not know. */
  readonly schemaVersion: "1";
  /** The same whenever this event is sent again. */
  readonly id: string;
  /** The tenant, as in its Base URL. */
  readonly tenantId: string;
  /** When it happened, in UTC. For people to read: versions and sequences put events in order. */
  readonly time: string;
  /** Who made the change. Absent if that is not known for sure. */
  readonly actor: EventActor;
  /** The invitation by which the administrator is here. */
  readonly invitation: EventInvitation;
}

/** The detail of `Members Added`. Members were added to a group. */
export interface MembersAddedDetail {
  /** Moves when something is taken away or means something else. New properties may appear at any time: ignore those you do not know. */
  readonly schemaVersion: "1";
  /** The same whenever this event is sent again. */
  readonly id: string;
  /** The tenant, as in its Base URL. */
  readonly tenantId: string;
  /** When it happened, in UTC. For people to read: versions and sequences put events in order. */
  readonly time: string;
  /** Who made the change. Absent if that is not known for sure. */
  readonly actor?: EventActor;
  /** scim-admin doctor made this user or group to test the endpoint, and deletes it. Absent from all others. */
  readonly test?: true;
  /** The group as it was when the event was sent; of one that is gone only the id. */
  readonly group: EventGroupOfMembers;
  readonly members: readonly EventMember[];
}

/** The detail of `Members Removed`. Members left a group, or the group or the members were deleted. */
export interface MembersRemovedDetail {
  /** Moves when something is taken away or means something else. New properties may appear at any time: ignore those you do not know. */
  readonly schemaVersion: "1";
  /** The same whenever this event is sent again. */
  readonly id: string;
  /** The tenant, as in its Base URL. */
  readonly tenantId: string;
  /** When it happened, in UTC. For people to read: versions and sequences put events in order. */
  readonly time: string;
  /** Who made the change. Absent if that is not known for sure. */
  readonly actor?: EventActor;
  /** The membership ended because this user or group was deleted; the actor deleted it. */
  readonly cause?: EventCause;
  /** scim-admin doctor made this user or group to test the endpoint, and deletes it. Absent from all others. */
  readonly test?: true;
  /** The group as it was when the event was sent; of one that is gone only the id. */
  readonly group: EventGroupOfMembers;
  readonly members: readonly EventMember[];
}

/** The detail of `Tenant Held`. The brake of a tenant holds what is past its limit: requests get 429 until an operator releases them. */
export interface TenantHeldDetail {
  /** Moves when something is taken away or means something else. New properties may appear at any time: ignore those you do not know. */
  readonly schemaVersion: "1";
  /** The same whenever this event is sent again. */
  readonly id: string;
  /** The tenant, as in its Base URL. */
  readonly tenantId: string;
  /** When it happened, in UTC. For people to read: versions and sequences put events in order. */
  readonly time: string;
  /** What reached its limit: users disabled or deleted, or members removed from groups. */
  readonly counter: "users" | "members";
  /** When it began, in UTC. */
  readonly since: string;
  /** How many may be changed within an hour. */
  readonly limit: number;
  /** How many users the tenant had when they were last counted. */
  readonly users: number;
}

/** The detail of `Tenant Released`. An operator released what the brake of a tenant held, or turned the brake off. */
export interface TenantReleasedDetail {
  /** Moves when something is taken away or means something else. New properties may appear at any time: ignore those you do not know. */
  readonly schemaVersion: "1";
  /** The same whenever this event is sent again. */
  readonly id: string;
  /** The tenant, as in its Base URL. */
  readonly tenantId: string;
  /** When it happened, in UTC. For people to read: versions and sequences put events in order. */
  readonly time: string;
  /** What reached its limit: users disabled or deleted, or members removed from groups. */
  readonly counter: "users" | "members";
  /** When it had begun, in UTC. */
  readonly since: string;
  /** How many may be changed within an hour. */
  readonly limit: number;
  /** How many users the tenant had when they were last counted. */
  readonly users: number;
}

/** The detail of `User Created`. A user was created, enabled or not: see active. */
export interface UserCreatedDetail {
  /** Moves when something is taken away or means something else. New properties may appear at any time: ignore those you do not know. */
  readonly schemaVersion: "1";
  /** The same whenever this event is sent again. */
  readonly id: string;
  /** The tenant, as in its Base URL. */
  readonly tenantId: string;
  /** When it happened, in UTC. For people to read: versions and sequences put events in order. */
  readonly time: string;
  /** Who made the change. Absent if that is not known for sure. */
  readonly actor?: EventActor;
  /** scim-admin doctor made this user or group to test the endpoint, and deletes it. Absent from all others. */
  readonly test?: true;
  readonly resourceType: "User";
  /** A user as it is after the change, or as it was before its deletion. */
  readonly resource: EventUser;
  /** Higher in every later event of the same resource. */
  readonly version: number;
  /** The resource's attributes as SCIM has them, without id, meta, groups and members. Only where the deployment sends values (eventValues). */
  readonly after?: Readonly<Record<string, unknown>>;
  /** The values would have been sent, but are too much for an event. */
  readonly valuesOmitted?: true;
}

/** The detail of `User Deleted`. A user was deleted. The resource is as it was before. */
export interface UserDeletedDetail {
  /** Moves when something is taken away or means something else. New properties may appear at any time: ignore those you do not know. */
  readonly schemaVersion: "1";
  /** The same whenever this event is sent again. */
  readonly id: string;
  /** The tenant, as in its Base URL. */
  readonly tenantId: string;
  /** When it happened, in UTC. For people to read: versions and sequences put events in order. */
  readonly time: string;
  /** Who made the change. Absent if that is not known for sure. */
  readonly actor?: EventActor;
  /** scim-admin doctor made this user or group to test the endpoint, and deletes it. Absent from all others. */
  readonly test?: true;
  readonly resourceType: "User";
  /** A user as it is after the change, or as it was before its deletion. */
  readonly resource: EventUser;
  /** Higher in every later event of the same resource. */
  readonly version: number;
  /** The resource's attributes as SCIM has them, without id, meta, groups and members. Only where the deployment sends values (eventValues). */
  readonly before?: Readonly<Record<string, unknown>>;
  /** The values would have been sent, but are too much for an event. */
  readonly valuesOmitted?: true;
}

/** The detail of `User Disabled`. A user was disabled: active went from true to false. Whatever else changed by the same write is listed too, and no User Updated is sent. */
export interface UserDisabledDetail {
  /** Moves when something is taken away or means something else. New properties may appear at any time: ignore those you do not know. */
  readonly schemaVersion: "1";
  /** The same whenever this event is sent again. */
  readonly id: string;
  /** The tenant, as in its Base URL. */
  readonly tenantId: string;
  /** When it happened, in UTC. For people to read: versions and sequences put events in order. */
  readonly time: string;
  /** Who made the change. Absent if that is not known for sure. */
  readonly actor?: EventActor;
  /** scim-admin doctor made this user or group to test the endpoint, and deletes it. Absent from all others. */
  readonly test?: true;
  readonly resourceType: "User";
  /** A user as it is after the change, or as it was before its deletion. */
  readonly resource: EventUser;
  /** Higher in every later event of the same resource. */
  readonly version: number;
  /** The paths of the attributes that changed, in alphabetical order. A multi-valued attribute is one path. Attributes of a schema extension come after its URN and a dot. */
  readonly changed: readonly string[];
  /** The resource's attributes as SCIM has them, without id, meta, groups and members. Only where the deployment sends values (eventValues). */
  readonly before?: Readonly<Record<string, unknown>>;
  /** The resource's attributes as SCIM has them, without id, meta, groups and members. Only where the deployment sends values (eventValues). */
  readonly after?: Readonly<Record<string, unknown>>;
  /** The values would have been sent, but are too much for an event. */
  readonly valuesOmitted?: true;
}

/** The detail of `User Enabled`. A user was enabled: active went from false to true. Whatever else changed by the same write is listed too, and no User Updated is sent. */
export interface UserEnabledDetail {
  /** Moves when something is taken away or means something else. New properties may appear at any time: ignore those you do not know. */
  readonly schemaVersion: "1";
  /** The same whenever this event is sent again. */
  readonly id: string;
  /** The tenant, as in its Base URL. */
  readonly tenantId: string;
  /** When it happened, in UTC. For people to read: versions and sequences put events in order. */
  readonly time: string;
  /** Who made the change. Absent if that is not known for sure. */
  readonly actor?: EventActor;
  /** scim-admin doctor made this user or group to test the endpoint, and deletes it. Absent from all others. */
  readonly test?: true;
  readonly resourceType: "User";
  /** A user as it is after the change, or as it was before its deletion. */
  readonly resource: EventUser;
  /** Higher in every later event of the same resource. */
  readonly version: number;
  /** The paths of the attributes that changed, in alphabetical order. A multi-valued attribute is one path. Attributes of a schema extension come after its URN and a dot. */
  readonly changed: readonly string[];
  /** The resource's attributes as SCIM has them, without id, meta, groups and members. Only where the deployment sends values (eventValues). */
  readonly before?: Readonly<Record<string, unknown>>;
  /** The resource's attributes as SCIM has them, without id, meta, groups and members. Only where the deployment sends values (eventValues). */
  readonly after?: Readonly<Record<string, unknown>>;
  /** The values would have been sent, but are too much for an event. */
  readonly valuesOmitted?: true;
}

/** The detail of `User Restored`. An operator restored a deleted user with its id and attributes, enabled or not: see active. Its memberships come by Members Added. */
export interface UserRestoredDetail {
  /** Moves when something is taken away or means something else. New properties may appear at any time: ignore those you do not know. */
  readonly schemaVersion: "1";
  /** The same whenever this event is sent again. */
  readonly id: string;
  /** The tenant, as in its Base URL. */
  readonly tenantId: string;
  /** When it happened, in UTC. For people to read: versions and sequences put events in order. */
  readonly time: string;
  /** Who made the change. Absent if that is not known for sure. */
  readonly actor?: EventActor;
  /** scim-admin doctor made this user or group to test the endpoint, and deletes it. Absent from all others. */
  readonly test?: true;
  readonly resourceType: "User";
  /** A user as it is after the change, or as it was before its deletion. */
  readonly resource: EventUser;
  /** Higher in every later event of the same resource. */
  readonly version: number;
  /** The resource's attributes as SCIM has them, without id, meta, groups and members. Only where the deployment sends values (eventValues). */
  readonly after?: Readonly<Record<string, unknown>>;
  /** The values would have been sent, but are too much for an event. */
  readonly valuesOmitted?: true;
}

/** The detail of `User Updated`. Attributes of a user changed, and it is enabled or disabled as before. */
export interface UserUpdatedDetail {
  /** Moves when something is taken away or means something else. New properties may appear at any time: ignore those you do not know. */
  readonly schemaVersion: "1";
  /** The same whenever this event is sent again. */
  readonly id: string;
  /** The tenant, as in its Base URL. */
  readonly tenantId: string;
  /** When it happened, in UTC. For people to read: versions and sequences put events in order. */
  readonly time: string;
  /** Who made the change. Absent if that is not known for sure. */
  readonly actor?: EventActor;
  /** scim-admin doctor made this user or group to test the endpoint, and deletes it. Absent from all others. */
  readonly test?: true;
  readonly resourceType: "User";
  /** A user as it is after the change, or as it was before its deletion. */
  readonly resource: EventUser;
  /** Higher in every later event of the same resource. */
  readonly version: number;
  /** The paths of the attributes that changed, in alphabetical order. A multi-valued attribute is one path. Attributes of a schema extension come after its URN and a dot. */
  readonly changed: readonly string[];
  /** The resource's attributes as SCIM has them, without id, meta, groups and members. Only where the deployment sends values (eventValues). */
  readonly before?: Readonly<Record<string, unknown>>;
  /** The resource's attributes as SCIM has them, without id, meta, groups and members. Only where the deployment sends values (eventValues). */
  readonly after?: Readonly<Record<string, unknown>>;
  /** The values would have been sent, but are too much for an event. */
  readonly valuesOmitted?: true;
}

/** The detail of each event by its detail-type. */
export interface EventDetails {
  readonly 'Credential Created': CredentialCreatedDetail;
  readonly 'Credential Revoked': CredentialRevokedDetail;
  readonly 'Credential Rotated': CredentialRotatedDetail;
  readonly 'Group Created': GroupCreatedDetail;
  readonly 'Group Deleted': GroupDeletedDetail;
  readonly 'Group Restored': GroupRestoredDetail;
  readonly 'Group Updated': GroupUpdatedDetail;
  readonly 'Invitation Opened': InvitationOpenedDetail;
  readonly 'Members Added': MembersAddedDetail;
  readonly 'Members Removed': MembersRemovedDetail;
  readonly 'Tenant Held': TenantHeldDetail;
  readonly 'Tenant Released': TenantReleasedDetail;
  readonly 'User Created': UserCreatedDetail;
  readonly 'User Deleted': UserDeletedDetail;
  readonly 'User Disabled': UserDisabledDetail;
  readonly 'User Enabled': UserEnabledDetail;
  readonly 'User Restored': UserRestoredDetail;
  readonly 'User Updated': UserUpdatedDetail;
}

