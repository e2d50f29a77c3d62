import type { ResourceTypeName } from '../schema/profile';

/** A stored member of a group; without `type` it is the resource with that id. */
export interface Member {
  readonly value: string;
  readonly type?: ResourceTypeName;
}
