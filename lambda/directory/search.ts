import type { JsonObject } from '../scim/json';
import { maxReadBytes } from '../scim/message/limits';
import { listResponse } from '../scim/message/list';
import { sorter } from '../scim/resource/sort';
import { attributeSteps } from '../scim/schema/attribute-path';
import { type Context, makeContext } from './context';
import { makeCursor, readCursor } from './cursor';
import { listHandler } from './list';
import { type ListQuery, parseListQuery, searchParameters } from './list-query';
import { bindFilter, findMatches, type Match, representInList, tooMuchWork } from './matches';
import type { MethodHandler, ScimRequest, ScimResponse, Services } from './request';
import { type ResourceType, resourceTypes } from './resource-types';

/** POST to a resource type's `/.search` (RFC 7644 §3.4.3): the same as GET, with the query in the body. */
export function searchHandler(type: ResourceType): MethodHandler {
  const list = listHandler(type);
  return (services, request) => list(services, { ...request, query: searchParameters(request.body) });
}

/** Results of one resource type among those of all: how many, and how to represent a range of them. */
interface Section {
  readonly total: number;
  readonly represent: (offset: number, limit: number) => Promise<readonly JsonObject[]>;
}

/** POST to `/.search` at the Base URL (RFC 7644 §3.4.3): as `queryAll`, with the query in the body. */
export const searchAll: MethodHandler = (services, request) =>
  queryAll(services, { ...request, query: searchParameters(request.body) });

/**
 * GET of the Base URL: resources of every type, users before groups unless sorted. An attribute that only one type has
 * counts as one without a value in the others (RFC 7644 §3.4.2.1).
 * @throws ScimError 400
 */
export async function queryAll(services: Services, request: ScimRequest): Promise<ScimResponse> {
  const query = parseListQuery(request.query);
  request.work.refuseBy(tooMuchWork);
  const names = resourceTypes.map(({ name }) => name);
  const now = services.now();
  const position = query.cursor === undefined ? undefined : readCursor(query.cursor, query, names, now);
  const start = position && 'offset' in position ? position.offset : query.startIndex - 1;

  const contexts = resourceTypes.map((type) => makeContext(services, request, type));
  const sections = await makeSections(contexts, query);
  const total = sections.reduce((sum, section) => sum + section.total, 0);
  const resources = await representStretch(sections, start, query.count);
  const end = start + resources.length;
  const paging =
    query.cursor === undefined
      ? { startIndex: query.startIndex }
      : {
          nextCursor: end < total && resources.length > 0 ? makeCursor(query, names, { offset: end }, now) : undefined,
        };
  return { status: 200, body: listResponse(resources, { totalResults: total, ...paging }) };
}

async function makeSections(contexts: readonly Context[], query: ListQuery): Promise<readonly Section[]> {
  if (query.sortBy !== undefined) return [await sortedSection(contexts, query)];
  return Promise.all(
    contexts.map((context) =>
      query.filter === undefined ? collectionSection(context) : matchesSection(context, query),
    ),
  );
}

async function collectionSection(context: Context): Promise<Section> {
  const { store, collection } = context;
  return {
    total: await store.count(collection),
    represent: async (offset, limit) =>
      representInList(context, (await store.page(collection, { offset, limit }, maxReadBytes)).resources),
  };
}

async function matchesSection(context: Context, query: ListQuery): Promise<Section> {
  const matches = await findMatches(context, query, bindFilter(context, query, true));
  return {
    total: matches.length,
    represent: (offset, limit) =>
      representInList(
        context,
        matches.slice(offset, offset + limit).map(({ stored }) => stored),
      ),
  };
}

/** One order over all types: by the schema of a type that has the attribute. */
async function sortedSection(contexts: readonly Context[], query: ListQuery): Promise<Section> {
  const { sortBy = '', descending } = query;
  const holder = contexts.find(({ view }) => attributeSteps(view, sortBy)) ?? contexts[0];
  if (!holder) return { total: 0, represent: async () => [] };
  const order = sorter(holder.view, sortBy, descending, holder.request.work);
  const found = await Promise.all(
    contexts.map(async (context) => {
      const unsorted = { ...query, sortBy: undefined };
      const matches = await findMatches(context, unsorted, bindFilter(context, query, true));
      return matches.map((match): readonly [Context, Match] => [context, match]);
    }),
  );
  const sorted = found.flat().sort(([, a], [, b]) => order(a.evaluated, b.evaluated));
  return {
    total: sorted.length,
    represent: async (offset, limit) => {
      const stretch = sorted.slice(offset, offset + limit);
      const represented = await Promise.all(stretch.map(([context, { stored }]) => representInList(context, [stored])));
      return represented.flat();
    },
  };
}

async function representStretch(
  sections: readonly Section[],
  offset: number,
  limit: number,
): Promise<readonly JsonObject[]> {
  const represented: JsonObject[] = [];
  let before = 0;
  for (const { total, represent } of sections) {
    const from = Math.max(0, offset - before);
    const wanted = Math.min(limit - represented.length, total - from);
    if (wanted > 0) represented.push(...(await represent(from, wanted)));
    before += total;
  }
  return represented;
}
