import { isArray, type Json } from '../scim/json';
import { badRequest, invalidSyntax, invalidValue } from '../scim/message/error';
import { defaultPageSize, maxPageSize } from '../scim/message/limits';
import { messageMembers } from '../scim/message/members';

/** A query's parameters (RFC 7644 §3.4.2, RFC 9865 §2), with the filter not yet parsed. */
export interface ListQuery {
  readonly filter: string | undefined;
  readonly sortBy: string | undefined;
  readonly descending: boolean;
  /** From 1. */
  readonly startIndex: number;
  readonly count: number;
  /** Present in cursor paging; empty for the first page. */
  readonly cursor: string | undefined;
}

/** @throws ScimError 400 if a parameter is not an integer, the sort order is unknown, or both kinds of paging are used */
export function parseListQuery(query: ReadonlyMap<string, string>): ListQuery {
  const cursor = query.get('cursor');
  const startIndex = Math.max(1, integer(query, 'startIndex') ?? 1);
  if (cursor !== undefined && startIndex > 1) {
    throw badRequest('invalidCursor', 'cursor and startIndex cannot be used together; leave startIndex out.');
  }
  return {
    filter: query.get('filter'),
    sortBy: query.get('sortBy') || undefined,
    descending: isDescending(query.get('sortOrder')),
    startIndex,
    count: pageSize(query, cursor !== undefined),
    cursor,
  };
}

function integer(query: ReadonlyMap<string, string>, name: string): number | undefined {
  const text = query.get(name);
  if (text === undefined || text === '') return undefined;
  if (!/^[+-]?\d+$/.test(text)) throw invalidValue(`${name} must be an integer, got "${text}".`);
  return Math.min(Number(text), Number.MAX_SAFE_INTEGER);
}

/** RFC 7644 §3.4.2.4: a negative count is 0. RFC 9865 §2.1 has a keyword for what cannot be one. */
function pageSize(query: ReadonlyMap<string, string>, cursorPaging: boolean): number {
  if (cursorPaging && !/^\d*$/.test(query.get('count') ?? '')) {
    throw badRequest('invalidCount', `count must be an integer from 0, got "${query.get('count')}".`);
  }
  return Math.min(maxPageSize, Math.max(0, integer(query, 'count') ?? defaultPageSize));
}

function isDescending(sortOrder: string | undefined): boolean {
  const order = (sortOrder || 'ascending').toLowerCase();
  if (order !== 'ascending' && order !== 'descending') {
    throw invalidValue(`sortOrder must be "ascending" or "descending", got "${sortOrder}".`);
  }
  return order === 'descending';
}

const listNames = ['attributes', 'excludedAttributes'];
const names = [...listNames, 'filter', 'sortBy', 'sortOrder', 'startIndex', 'count', 'cursor'];

/**
 * The message of `POST /.search` (RFC 7644 §3.4.3) as query parameters.
 * @throws ScimError 400 `invalidSyntax`
 */
export function searchParameters(body: Json | undefined): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  const members = messageMembers('SearchRequest', body);
  for (const name of names) {
    const value = members.get(name.toLowerCase()) ?? null;
    if (value !== null) parameters.set(name, parameter(name, value));
  }
  return parameters;
}

function parameter(name: string, value: Json): string {
  if (listNames.includes(name) && isArray(value)) return value.map(String).join(',');
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw invalidSyntax(`${name} of the SearchRequest must be a string or a number.`);
}
