import type { JsonObject } from '../json';

/** Where a page stands among all results: by index (RFC 7644 §3.4.2.4) or by cursor (RFC 9865 §2). */
export interface Paging {
  readonly totalResults: number;
  /** From 1; in index paging only. */
  readonly startIndex?: number | undefined;
  /** Where the next page begins; without it this is the last one. */
  readonly nextCursor?: string | undefined;
}

/** The ListResponse of RFC 7644 §3.4.2. `Resources` is always present, because several clients rely on it. */
export function listResponse(resources: readonly JsonObject[], paging: Paging): JsonObject {
  const { totalResults, startIndex, nextCursor } = paging;
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults,
    itemsPerPage: resources.length,
    ...(startIndex === undefined ? {} : { startIndex }),
    ...(nextCursor === undefined ? {} : { nextCursor }),
    Resources: resources,
  };
}
