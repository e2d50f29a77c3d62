import type { Collection, IndexEntry } from '../../../lambda/directory/store';
import type { Resource } from '../../../lambda/scim/resource/resource';

/** Something in the tables that is not as the resources say. */
export interface Difference {
  readonly tenantId: string;
  /** What kind it is; docs/check.md has them all. */
  readonly problem: string;
  /** The item's key, and what is wrong with it; no personal data. */
  readonly detail: string;
  /** Puts it right, unless what it was found in has changed since; tells whether it did. Absent: a person must look. */
  readonly repair?: () => Promise<boolean>;
}

/** The entries that a resource of a collection must have. */
export type EntriesOf = (collection: Collection, resource: Resource) => readonly IndexEntry[];
