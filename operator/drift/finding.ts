import type { Json } from '../../lambda/scim/json';
import type { ResourceTypeName } from '../../lambda/scim/schema/profile';

/** The kinds of differences, in the order of a report: first those that give somebody access who should have none. */
export const findingKinds = [
  'enabled',
  'extra',
  'member extra',
  'missing',
  'disabled',
  'member missing',
  'attribute',
] as const;

/**
 * `enabled`: here, but expected disabled; `disabled` the other way round. `extra`: here, not expected. `missing`: expected, not
 * here. `attribute`: other values. `member missing` and `member extra`: memberships of resources that are on both sides.
 */
export type FindingKind = (typeof findingKinds)[number];

/** One difference between a tenant and what it should be. */
export interface Finding {
  readonly kind: FindingKind;
  readonly type: ResourceTypeName;
  /** userName or displayName, as it is here or, if it is not, as it is expected. */
  readonly name: string;
  /** The id here. */
  readonly id?: string;
  /** Where it is expected, such as `users.csv line 7`. */
  readonly at?: string;
  /** The id in the source, if that is of this deployment. */
  readonly expectedId?: string;
  /** For `attribute`. An absent value is left out. */
  readonly attribute?: string;
  readonly expected?: Json;
  readonly actual?: Json;
  /** For memberships: the displayName of the group. */
  readonly group?: string;
  /** When an operator changed it last, if nothing else changed it since: ISO 8601, UTC. */
  readonly changedHere?: string;
  /** What the operator did, if that is recorded. */
  readonly action?: string;
  /** When it was deleted here, if that is known: ISO 8601, UTC. */
  readonly deletedHere?: string;
}

/** How many there are on each side. */
export interface Sides {
  readonly expected: number;
  readonly here: number;
}

/** What was compared, and how many differences were found. */
export interface DriftSummary {
  readonly users: Sides;
  readonly groups: Sides;
  readonly memberships: Sides;
  readonly differences: Readonly<Record<FindingKind, number>>;
  readonly total: number;
  /** Users here that are disabled and not expected: identity providers do not export them. */
  readonly disabledHere: number;
  /** Groups here that no file lists the members of. */
  readonly groupsNotCompared: number;
  /** Members in files that are no users, or not among the users that are expected. */
  readonly membersNotCompared: number;
}
