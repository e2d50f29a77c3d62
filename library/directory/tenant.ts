import type { DirectoryChange } from './changes';
import type { Nesting } from './memberships';
import type { SnapshotEntry } from './snapshot';
import type { Group, Member, Page, PageRequest, User } from './user';

/** Everything of a tenant, to be read by `for await`. Only a page of it is in memory at a time. */
export interface Snapshot<U extends object = object, G extends object = object>
  extends AsyncIterable<SnapshotEntry<U, G>> {
  /**
   * A minute before it was asked for, as ISO 8601 in UTC. What happened later may be missing from the snapshot: apply the
   * events since then, or ask for `changedSince(snapshot.since)`.
   */
  readonly since: string;
}

/** Changes since an instant, to be read by `for await`. Only a page of them is in memory at a time. */
export interface Changes<U extends object = object, G extends object = object>
  extends AsyncIterable<DirectoryChange<U, G>> {
  /** From when to ask the next time: a minute before it was asked for, as ISO 8601 in UTC. */
  readonly next: string;
}

/** Reads the users of a tenant. Attributes are as RFC 7643 names them. */
export interface Users<U extends object = object> {
  /**
   * Reads a user: one round trip, strongly consistent.
   *
   * @returns undefined if there is none with this id
   *
   * @example
   * import { openDirectory } from 'serverless-scim/directory';
   *
   * const directory = openDirectory();
   *
   * export async function mayUse(tenantId: string, userId: string) {
   *   const user = await directory.tenant(tenantId).users.get(userId);
   *   return user?.active === true;
   * }
   */
  get(id: string): Promise<User<U> | undefined>;
  /**
   * Finds the user with a userName, ignoring case: two round trips, strongly consistent.
   *
   * @returns undefined if there is none
   */
  byUserName(userName: string): Promise<User<U> | undefined>;
  /**
   * Finds the user with an externalId, case-exact: two round trips, strongly consistent.
   *
   * @returns undefined if there is none
   * @throws AmbiguousError if several have it, which only the profile `standard` allows
   */
  byExternalId(externalId: string): Promise<User<U> | undefined>;
  /**
   * Finds the user who has an email, primary or not, ignoring case: two round trips, strongly consistent. Before you let
   * somebody sign in by email, be sure that the tenant's identity provider verifies emails.
   *
   * @returns undefined if there is none
   * @throws AmbiguousError if several have it: only a primary email is unique, and only with the profile `identity-center`
   */
  byEmail(email: string): Promise<User<U> | undefined>;
  /**
   * Reads a page of users in the order of their ids: one round trip, strongly consistent.
   *
   * @example
   * import { openDirectory, type User } from 'serverless-scim/directory';
   *
   * const directory = openDirectory();
   *
   * export async function allUsers(tenantId: string) {
   *   const { users } = directory.tenant(tenantId);
   *   const all: User[] = [];
   *   let after: string | undefined;
   *   do {
   *     const page = await users.list({ after, count: 200 });
   *     all.push(...page.items);
   *     after = page.next;
   *   } while (after !== undefined);
   *   return all;
   * }
   */
  list(page?: PageRequest): Promise<Page<User<U>>>;
}

/** Reads the groups of a tenant. */
export interface Groups<G extends object = object> {
  /**
   * Reads a group: one round trip, strongly consistent.
   *
   * @returns undefined if there is none with this id
   */
  get(id: string): Promise<Group<G> | undefined>;
  /**
   * Finds the group with a name, ignoring case: two round trips, strongly consistent.
   *
   * @returns undefined if there is none
   */
  byDisplayName(displayName: string): Promise<Group<G> | undefined>;
  /** Reads a page of groups in the order of their ids: one round trip, strongly consistent. */
  list(page?: PageRequest): Promise<Page<Group<G>>>;
  /**
   * Reads the direct members of a group, in the order of their ids: one round trip for about 7,000 members, strongly
   * consistent. For groups whose members do not fit into memory read `snapshot()`.
   *
   * @returns undefined if there is no such group
   *
   * @example
   * import { openDirectory } from 'serverless-scim/directory';
   *
   * const directory = openDirectory();
   *
   * export async function idsOfMembers(tenantId: string, groupName: string) {
   *   const { groups } = directory.tenant(tenantId);
   *   const group = await groups.byDisplayName(groupName);
   *   const members = (group && (await groups.members(group.id))) ?? [];
   *   return members.filter(({ type }) => type === 'User').map(({ id }) => id);
   * }
   */
  members(id: string): Promise<readonly Member[] | undefined>;
}

/**
 * Reads the directory of one tenant, and never another. A disabled user is there, with `active` false; a disabled or paused
 * tenant can be read.
 *
 * Every call may throw `UnknownTenantError`, `UnknownDeploymentError`, `OtherReleaseError`, `MissingPermissionError`,
 * `CredentialsError`, `ThrottledError` and `UnreachableError`. A failure inside AWS comes as the AWS client threw it. That a
 * tenant exists is remembered for five seconds.
 */
export interface TenantDirectory<U extends object = object, G extends object = object> {
  readonly users: Users<U>;
  readonly groups: Groups<G>;
  /**
   * Finds the groups of a user: two round trips, and one more for each level of groups in groups. Which groups they are is
   * read from an index that DynamoDB updates within about a second; the groups are strongly consistent.
   *
   * @returns undefined if there is no such user; empty for a user in no group
   *
   * @example
   * import { openDirectory } from 'serverless-scim/directory';
   *
   * const directory = openDirectory();
   *
   * export async function groupNames(tenantId: string, userId: string) {
   *   const groups = await directory.tenant(tenantId).groupsOf(userId, { transitive: true });
   *   return groups?.map(({ displayName }) => displayName).sort() ?? [];
   * }
   */
  groupsOf(userId: string, nesting?: Nesting): Promise<readonly Group<G>[] | undefined>;
  /**
   * Whether a user, or a group, is a member of a group. Directly: one round trip, strongly consistent. With `transitive`: a
   * round trip for each level, through the index.
   *
   * @returns false also if there is no such user or group
   *
   * @example
   * import { openDirectory } from 'serverless-scim/directory';
   *
   * const directory = openDirectory();
   *
   * export async function requireMember(tenantId: string, groupId: string, userId: string) {
   *   if (await directory.tenant(tenantId).isMember(groupId, userId)) return;
   *   throw new Error('You are not allowed to do this.');
   * }
   */
  isMember(groupId: string, memberId: string, nesting?: Nesting): Promise<boolean>;
  /**
   * The roles of your application that a user has by its groups: those that the tenant's mapping gives, which an operator
   * sets. Each is there once, in the order of the rules. A user who is not active has none; neither has one that does not
   * exist, or any user of a tenant without a mapping. Groups in groups count where the profile allows them.
   *
   * Two round trips, and one more for each level of groups in groups. The user and the mapping are read strongly
   * consistent, memberships from an index that DynamoDB updates within about a second.
   *
   * @throws RefusedError for a user who belongs to more than 10,000 groups, or through more than 50 levels of groups in groups
   *
   * @example
   * import { openDirectory } from 'serverless-scim/directory';
   *
   * const directory = openDirectory();
   *
   * export async function mayAdminister(tenantId: string, userId: string) {
   *   const roles = await directory.tenant(tenantId).rolesOf(userId);
   *   return roles.includes('admin');
   * }
   */
  rolesOf(userId: string): Promise<readonly string[]>;
  /**
   * All users, then each group followed by its members. Pages are strongly consistent, one by one: what changes while
   * it is read is in it or not, and a membership may name a user that was created meanwhile. See `since`.
   *
   * @example
   * import { openDirectory } from 'serverless-scim/directory';
   *
   * const directory = openDirectory();
   *
   * export async function countMemberships(tenantId: string) {
   *   const counts = new Map<string, number>();
   *   for await (const entry of directory.tenant(tenantId).snapshot()) {
   *     if (entry.kind === 'membership') counts.set(entry.groupId, (counts.get(entry.groupId) ?? 0) + 1);
   *   }
   *   return counts;
   * }
   */
  snapshot(): Snapshot<U, G>;
  /**
   * What was created, changed or deleted since an instant, at least once each, in no order. It is read from an index that
   * DynamoDB updates within about a second, and `next` is a minute ago: what one call does not have yet, the next one has.
   * A resource that was restored is `updated`.
   *
   * It goes back a year, as deletions are kept for that long, and not past an import (`scim-admin import`), as that keeps the
   * times of what it writes. Beyond these, the first step of the iteration throws: read `snapshot()`, remove what it does not
   * have, and go on from its `since`. Within a minute after an import that throws once more.
   *
   * @param since an instant, as a `Date` or as text in ISO 8601; usually `next` of the call before
   * @throws RangeError if that is no instant
   * @throws ChangesForgottenError, when it is iterated, if that is more than a year ago, or an import wrote since then
   *
   * @example
   * import { openDirectory } from 'serverless-scim/directory';
   *
   * const directory = openDirectory();
   *
   * export async function follow(tenantId: string, since: string) {
   *   const changes = directory.tenant(tenantId).changedSince(since);
   *   for await (const change of changes) {
   *     if (change.change === 'deleted') console.log('deleted', change.id);
   *     else if (change.kind === 'user') console.log(change.change, change.user.userName);
   *   }
   *   return changes.next;
   * }
   */
  changedSince(since: Date | string): Changes<U, G>;
}
