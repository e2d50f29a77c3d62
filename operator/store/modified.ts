import type { Collection } from '../../lambda/directory/store';
import { modifiedPeriod, modifiedShards } from '../../lambda/store/keys';
import type { Tables } from '../../lambda/store/tables';
import { readPages } from './partition';

/** The most ids of a shard that are read at a time. */
const pageSize = 100;

/** Some resources of one type. */
export interface FoundIds {
  readonly collection: Collection;
  readonly ids: readonly string[];
}

/**
 * The ids of the resources last modified at an instant or later, or less than ten seconds before it, a page at a time, from
 * the index: as fresh as that is. One that is modified meanwhile may come twice. All shards of the index are read at the same time.
 * @param from ISO 8601 in UTC
 */
export async function* listModified(
  tables: Tables,
  collections: readonly Collection[],
  from: string,
): AsyncIterable<FoundIds> {
  let shards = collections.flatMap((collection) =>
    modifiedShards(collection).map((shard) => ({ collection, pages: readPages(tables, queryOf(tables, shard, from)) })),
  );
  while (shards.length > 0) {
    const read = await Promise.all(shards.map(async (shard) => ({ shard, page: await shard.pages.next() })));
    for (const collection of collections) {
      const pages = read.flatMap(({ shard, page }) => (shard.collection === collection ? (page.value ?? []) : []));
      if (pages.length > 0) yield { collection, ids: pages.map(({ sk }) => String(sk)) };
    }
    shards = read.filter(({ page }) => !page.done).map(({ shard }) => shard);
  }
}

function queryOf({ directory }: Tables, shard: string, from: string) {
  return {
    TableName: directory,
    IndexName: 'modified',
    KeyConditionExpression: 'modifiedShard = :shard AND modifiedPeriod >= :from',
    ExpressionAttributeValues: { ':shard': shard, ':from': modifiedPeriod(from) },
    Limit: pageSize,
  };
}
