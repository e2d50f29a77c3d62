import { preconditionFailed } from '../scim/message/error';
import { etag } from '../scim/resource/represent';
import type { ScimRequest } from './request';

/** Whether a list of entity tags, or `*`, names a version; compared weakly (RFC 7232 §2.3.2). */
function names(header: string, version: number): boolean {
  const tags = header.split(',').map((tag) => tag.trim());
  const opaque = etag(version).replace(/^W\//, '');
  return tags.includes('*') || tags.some((tag) => tag.replace(/^W\//, '') === opaque);
}

/**
 * Checks `If-Match` and `If-None-Match` of a request that changes a resource at `version` (RFC 7644 §3.14).
 * @throws ScimError 412
 */
export function checkPreconditions({ headers }: ScimRequest, version: number): void {
  const match = headers.get('if-match');
  if (match !== undefined && !names(match, version)) {
    throw preconditionFailed(`If-Match is ${match}, but the resource is at ${etag(version)}. Read it again.`);
  }
  const noneMatch = headers.get('if-none-match');
  if (noneMatch !== undefined && names(noneMatch, version)) {
    throw preconditionFailed(`If-None-Match is ${noneMatch}, and the resource is at ${etag(version)}.`);
  }
}

/** Whether the client already has this version (`If-None-Match` of a GET). */
export function notModified({ headers }: ScimRequest, version: number): boolean {
  const noneMatch = headers.get('if-none-match');
  return noneMatch !== undefined && names(noneMatch, version);
}

/** Whether a request names versions, so that it must fail if another change came first. */
export function hasPreconditions({ headers }: ScimRequest): boolean {
  return headers.has('if-match') || headers.has('if-none-match');
}
