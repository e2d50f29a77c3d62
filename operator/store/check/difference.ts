import type { Collection, IndexEntry } from '../../../lambda/directory/store';
import type { Resource } from '../../../lambda/scim/resource/resource';

/** Something in the tables that does not match the resources. */
export interface Difference {
  readonly tenantId: string;
  /** The kind of problem; docs/check.md lists them all. */
  readonly problem: string;
  /** The item's key, and what is wrong with it; no personal data. */
  readonly detail: string;
  /** Repairs it, unless the items have changed since; returns whether it did. Absent if a person has to decide. */
  readonly repair?: () => Promise<boolean>;
}

/** The entries that a resource of a collection must have. */
export type EntriesOf = (collection: Collection, resource: Resource) => readonly IndexEntry[];
