import { preconditionFailed, throttled } from '../scim/message/error';
import { etag } from '../scim/resource/represent';
import type { ScimRequest } from './request';

/** How often a change is made again from a fresh version when another one came between. */
const attempts = 5;

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

/**
 * Makes a change from a fresh version until no other change comes between. With `If-Match` the check in `attempt` ends
 * it: the version read then is no longer the one named.
 * @throws ScimError 429 after a few attempts
 */
export async function untilFresh<Result>(attempt: () => Promise<Result | 'stale'>): Promise<Result> {
  for (let count = 0; count < attempts; count++) {
    const result = await attempt();
    if (result !== 'stale') return result;
  }
  throw throttled('The resource is being changed by other requests. Send the request again.', 1);
}
