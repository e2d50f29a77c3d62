import type { Json, JsonObject } from '../../lambda/scim/json';
import type { ResourceTypeName } from '../../lambda/scim/schema/profile';
import { fold } from '../../lambda/scim/text/fold';
import type { MatchAttribute, Standing } from './source';

/** The side of a comparison: what a source expects, or what is stored. */
export type Side = 'expected' | 'actual';

/** A user or group of one side, as it is sorted: plain JSON. */
export type ResourceRecord = {
  readonly side: Side;
  readonly name: string;
  readonly resource: JsonObject;
  readonly standing: Standing;
  readonly at: string;
  readonly id: string;
  /** Which list of compared paths applies, or a `complete` one. */
  readonly paths: number;
  /** When an operator changed it last, and how; empty if another one did. */
  readonly changedHere: string;
  readonly action: string;
};

/** In place of a list of paths: a complete resource of this deployment, or of another endpoint. */
export const complete = { ours: -1, others: -2 };

/** A membership of one side, sorted with its member. `group` is the group's key; `name` is what the member is called. */
export type MembershipRecord = {
  readonly side: Side;
  readonly group: string;
  readonly name: string;
  readonly at: string;
};

/** A resource that was deleted here, sorted with the one that may be missing. `action` is that of an operator, or empty. */
export type DeletionRecord = { readonly deleted: string; readonly action: string };

export type DriftRecord = ResourceRecord | MembershipRecord | DeletionRecord;

/** Ranks of the records with the same key. */
export const ranks = { resource: 0, membership: 1, deletion: 2 };

/**
 * The keys sort groups before memberships: whether a membership counts depends on its group. So the memberships of groups
 * in groups have keys of their own, between those of groups and of users.
 */
const letters: Readonly<Record<ResourceTypeName, string>> = { Group: 'a', User: 'c' };
const nested = 'b';

/** The key of a resource in a comparison. */
export function resourceKey(type: ResourceTypeName, value: string, match: MatchAttribute): string {
  return letters[type] + (type === 'User' && match === 'externalId' ? value : fold(value));
}

/** The type of the resource that a key stands for. */
export function typeOfKey(key: string): ResourceTypeName {
  return key.startsWith(letters.User) ? 'User' : 'Group';
}

/** The key of the memberships of a resource. */
export function membershipsKey(key: string): string {
  return key.startsWith(letters.Group) ? nested + key.slice(1) : key;
}

/** The key of the group whose memberships in other groups have this key; undefined for other keys. */
export function nestedGroupKey(key: string): string | undefined {
  return key.startsWith(nested) ? letters.Group + key.slice(1) : undefined;
}

/** The attribute by which resources of a type are matched. */
export function matchedBy(type: ResourceTypeName, match: MatchAttribute): string {
  return type === 'Group' ? 'displayName' : match;
}

/** What a resource is called in a report. */
export function nameOf(type: ResourceTypeName, resource: JsonObject): string {
  const name: Json | undefined = type === 'User' ? resource.userName : resource.displayName;
  return typeof name === 'string' ? name : '-';
}
