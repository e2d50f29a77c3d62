import type { ResourceTypeName } from '../schema/profile';

/** A member of a group, as far as it is kept; without `type` it is whatever resource has that id. */
export interface Member {
  readonly value: string;
  readonly type?: ResourceTypeName;
}
