import { createHash } from 'node:crypto';
import { badRequest } from '../scim/message/error';
import { cursorTimeout } from '../scim/message/limits';
import type { ResourceTypeName } from '../scim/schema/profile';
import type { ListQuery } from './list-query';

/** Where a page begins: after an id, or after a number of results where the order is another one. */
export type Position = { readonly after: string } | { readonly offset: number };

const format = 1;

/**
 * Makes an opaque cursor: where the next page begins, a hash of the query it belongs to, and when it expires. It needs
 * no signature: the tenant comes from the token, so a forged one only reaches resources of that tenant.
 */
export function makeCursor(
  query: ListQuery,
  types: readonly ResourceTypeName[],
  position: Position,
  now: Date,
): string {
  const at = 'after' in position ? position.after : position.offset;
  const expires = Math.floor(now.getTime() / 1000) + cursorTimeout;
  return Buffer.from(JSON.stringify([format, fingerprint(query, types), expires, at])).toString('base64url');
}

/**
 * Reads a cursor of the same query; an empty one is the first page.
 * @throws ScimError 400 `invalidCursor` or `expiredCursor` (RFC 9865 §2.1)
 */
export function readCursor(
  cursor: string,
  query: ListQuery,
  types: readonly ResourceTypeName[],
  now: Date,
): Position | undefined {
  if (cursor === '') return undefined;
  const text = Buffer.from(cursor, 'base64url').toString('latin1');
  const parts = /^\[1,"([\w-]{22})",(\d{1,12}),(?:"([\w-]{1,64})"|(\d{1,12}))\]$/.exec(text);
  // Decoding ignores characters that are not base64url, so compare the text itself to detect a changed cursor.
  if (!parts || Buffer.from(text, 'latin1').toString('base64url') !== cursor) {
    throw badRequest('invalidCursor', 'cursor is not one that this endpoint made. Start again without it.');
  }
  const [, hash, expires, after, offset] = parts;
  if (hash !== fingerprint(query, types)) {
    throw badRequest(
      'invalidCursor',
      'cursor belongs to another query: filter, sortBy and sortOrder must stay the same from page to page.',
    );
  }
  if (Number(expires) * 1000 <= now.getTime()) {
    throw badRequest('expiredCursor', `cursor has expired; it is valid for ${cursorTimeout} seconds. Start again.`);
  }
  return after === undefined ? { offset: Number(offset) } : { after };
}

function fingerprint({ filter, sortBy, descending }: ListQuery, types: readonly ResourceTypeName[]): string {
  const text = JSON.stringify([types, filter ?? null, sortBy ?? null, descending]);
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
