import { maxReadBytes } from '../scim/message/limits';
import { listResponse } from '../scim/message/list';
import { type Context, makeContext } from './context';
import { makeCursor, type Position, readCursor } from './cursor';
import { type ListQuery, parseListQuery } from './list-query';
import { findResults, representInList, tooMuchWork } from './matches';
import type { MethodHandler, ScimResponse } from './request';
import type { ResourceType } from './resource-types';
import type { StoredResource } from './store';

/** A page of results: the resources, the total number, and where the next page begins, if there is one. */
interface ResultPage {
  readonly resources: readonly StoredResource[];
  readonly total: number;
  readonly next: Position | undefined;
}

/**
 * GET of a resource type's endpoint, and its `/.search` (RFC 7644 §3.4.2, §3.4.3): 200 with a ListResponse, paged by
 * index or, when the query has `cursor`, by cursor (RFC 9865).
 * @throws ScimError 400
 */
export function listHandler(type: ResourceType): MethodHandler {
  return async (services, request) => {
    const context = makeContext(services, request, type);
    const query = parseListQuery(request.query);
    request.work.refuseBy(tooMuchWork);
    const position =
      query.cursor === undefined
        ? { offset: query.startIndex - 1 }
        : readCursor(query.cursor, query, [type.name], services.now());
    const page =
      query.filter === undefined && query.sortBy === undefined
        ? await pageOfCollection(context, query, position)
        : await pageOfMatches(context, query, position);
    return representPage(context, query, page);
  };
}

async function pageOfCollection(
  { store, collection }: Context,
  { count: limit }: ListQuery,
  position: Position | undefined,
): Promise<ResultPage> {
  const range = position && 'offset' in position ? { ...position, limit } : { after: position?.after, limit };
  const { resources, total, more } = await store.page(collection, range, maxReadBytes);
  return { resources, total, next: more ? following(resources) : undefined };
}

async function pageOfMatches(context: Context, query: ListQuery, position: Position | undefined): Promise<ResultPage> {
  const { ids, read } = await findResults(context, query);
  const start = position && 'after' in position ? indexAfter(ids, position.after) : (position?.offset ?? 0);
  const end = Math.min(start + query.count, ids.length);
  const resources = await read(start, end);
  const last = ids[end - 1];
  const next = query.sortBy === undefined && last !== undefined ? { after: last } : { offset: end };
  return { resources, total: ids.length, next: query.count > 0 && end < ids.length ? next : undefined };
}

/** Where the results after an id begin, in a list in id order. */
function indexAfter(ids: readonly string[], after: string): number {
  const index = ids.findIndex((id) => id > after);
  return index === -1 ? ids.length : index;
}

function following(resources: readonly StoredResource[]): Position | undefined {
  const last = resources.at(-1);
  return last && { after: last.id };
}

async function representPage(
  context: Context,
  query: ListQuery,
  { resources, total, next }: ResultPage,
): Promise<ScimResponse> {
  const represented = await representInList(context, resources);
  const paging =
    query.cursor === undefined
      ? { startIndex: query.startIndex }
      : { nextCursor: next && makeCursor(query, [context.type.name], next, context.services.now()) };
  return { status: 200, body: listResponse(represented, { totalResults: total, ...paging }) };
}
