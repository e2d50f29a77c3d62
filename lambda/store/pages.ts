import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Collection, ModifiedRange, Page, Range, StoredResource } from '../directory/store';
import { isObject, type Json } from '../scim/json';
import { type ScimError, tooMany } from '../scim/message/error';
import { resourceBytes } from '../scim/resource/limits';
import { Allowance } from './allowance';
import { locate, readCounts, readTotal, total } from './counts';
import { type Item, toStoredResource } from './items';
import { modifiedPeriod, modifiedShards, resourcePartition } from './keys';
import { call, type Tables } from './tables';

/** Runs a query to its end, or until it has `limit` items; `onPage` gets each page, and may throw to stop the query. */
export async function queryAll(
  tables: Tables,
  input: QueryCommandInput,
  limit = Number.POSITIVE_INFINITY,
  onPage: (items: readonly Item[]) => void = () => undefined,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let start: QueryCommandInput['ExclusiveStartKey'];
  do {
    const page = {
      ...input,
      ...(start && { ExclusiveStartKey: start }),
      ...(limit !== Number.POSITIVE_INFINITY && { Limit: limit - items.length }),
    };
    const output = await call(() => tables.client.send(new QueryCommand(page)));
    onPage(output.Items ?? []);
    items.push(...(output.Items ?? []));
    start = output.LastEvaluatedKey;
  } while (start && items.length < limit);
  return items;
}

/**
 * A range of a collection in id order, with the exact number of resources. An offset is found by the counts (at most
 * 256 rows), then read from there: two round trips for any page, one step for the first one and after a known id.
 */
export async function readPage(tables: Tables, collection: Collection, range: Range, maxBytes: number): Promise<Page> {
  const allowance = readAllowance(maxBytes);
  if ('after' in range || range.offset === 0) {
    const after = 'after' in range ? range.after : undefined;
    const [all, resources] = await Promise.all([
      readTotal(tables, collection),
      readFrom(tables, collection, after === undefined ? undefined : { above: after }, range.limit + 1, allowance),
    ]);
    return cut(resources, 0, range.limit, all);
  }
  const rows = await readCounts(tables, collection);
  const start = range.limit > 0 ? locate(rows, range.offset) : undefined;
  if (!start) return { resources: [], total: total(rows), more: false };
  const resources = await readFrom(tables, collection, { from: start.prefix }, start.skip + range.limit + 1, allowance);
  return cut(resources, start.skip, range.limit, total(rows));
}

function cut(resources: readonly StoredResource[], skip: number, limit: number, count: number): Page {
  return {
    resources: resources.slice(skip, skip + limit),
    total: count,
    more: resources.length > skip + limit,
  };
}

/**
 * All resources of a collection, in id order.
 * @throws ScimError 400 `tooMany` when there are more than `limit`, or more than `maxBytes` of them
 */
export async function queryResources(
  tables: Tables,
  collection: Collection,
  limit: number,
  maxBytes: number,
): Promise<readonly StoredResource[]> {
  const resources = await readFrom(tables, collection, undefined, limit + 1, readAllowance(maxBytes));
  if (resources.length > limit) throw tooManyExamined(limit);
  return resources;
}

async function readFrom(
  tables: Tables,
  collection: Collection,
  start: { readonly above: string } | { readonly from: string } | undefined,
  limit: number,
  allowance: Allowance,
): Promise<readonly StoredResource[]> {
  const bound = start && ('above' in start ? { sign: '>', sk: start.above } : { sign: '>=', sk: start.from });
  const items = await queryAll(
    tables,
    {
      TableName: tables.directory,
      KeyConditionExpression: bound ? `pk = :pk AND sk ${bound.sign} :sk` : 'pk = :pk',
      ExpressionAttributeValues: { ':pk': resourcePartition(collection), ...(bound && { ':sk': bound.sk }) },
      ConsistentRead: true,
    },
    limit,
    (page) => allowance.take(itemBytes(page)),
  );
  return items.map(toStoredResource);
}

/** The ids of the resources last modified within a range, and of some close to it, from the index; as fresh as that is. */
export async function findModified(
  tables: Tables,
  collection: Collection,
  range: ModifiedRange,
  limit: number,
): Promise<readonly string[]> {
  const [from, to] = [range.from, range.to].map((time) => time && modifiedPeriod(time));
  const bounds = [from && 'modifiedPeriod >= :from', to && 'modifiedPeriod <= :to'].filter(Boolean);
  const condition = from && to ? 'modifiedPeriod BETWEEN :from AND :to' : bounds[0];
  const allowance = new Allowance(limit, () => tooManyExamined(limit));
  const shards = modifiedShards(collection);
  // All shards at once: one round trip, unless one of them has more than its part.
  const pages = await Promise.all(
    shards.map((shard) =>
      queryAll(
        tables,
        {
          TableName: tables.directory,
          IndexName: 'modified',
          KeyConditionExpression: ['modifiedShard = :shard', condition].filter(Boolean).join(' AND '),
          ExpressionAttributeValues: { ':shard': shard, ...(from && { ':from': from }), ...(to && { ':to': to }) },
          Limit: Math.ceil((limit + 1) / shards.length),
        },
        undefined,
        (page) => allowance.take(page.length),
      ),
    ),
  );
  return pages.flat().map((item) => String(item.sk));
}

/** The limit on the resources that are read, in bytes. */
export function readAllowance(maxBytes: number): Allowance {
  return new Allowance(maxBytes, () =>
    tooMany(
      `This request would read more than ${maxBytes} bytes of resources. Ask for fewer by count, or use ${indexedFilters}`,
    ),
  );
}

/** About how many bytes the resources in some items have. */
export function itemBytes(items: readonly Item[]): number {
  return items.reduce((sum, { resource }) => {
    const json = resource as Json | undefined;
    return sum + (isObject(json) ? resourceBytes(json) : 0);
  }, 0);
}

const indexedFilters =
  'a filter that an index serves: id, userName, externalId, emails.value or groups.value (users); id, displayName, ' +
  'externalId or members.value (groups), each by eq; or meta.lastModified by gt, ge, lt or le with a shorter range.';

function tooManyExamined(limit: number): ScimError {
  return tooMany(`This search would examine more than ${limit} resources. Use ${indexedFilters}`);
}
