import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Collection } from '../directory/store';
import { countKey, countLeaf, countPartition } from './keys';
import { call, type Tables } from './tables';
import type { TransactAction } from './transact';

/** How many ids of a collection begin with each three hex digits, in id order; prefixes without any may be missing. */
export interface Leaf {
  readonly prefix: string;
  readonly count: number;
}

/**
 * Counts a resource in (1) or out (-1), as part of the transaction that adds or deletes it. Each changes the row's
 * version too: whoever recounts a row can tell that nothing came or went meanwhile.
 */
export function countUpdate(tables: Tables, collection: Collection, id: string, change: 1 | -1): TransactAction {
  return {
    Update: {
      TableName: tables.directory,
      Key: countKey(collection, id),
      UpdateExpression: 'ADD #total :change, #leaf :change, #version :one',
      ExpressionAttributeNames: { '#total': 'total', '#leaf': countLeaf(id.slice(2, 3)), '#version': 'version' },
      ExpressionAttributeValues: { ':change': change, ':one': 1 },
    },
  };
}

/** Reads the counts of a collection: at most 256 rows in one query. */
export async function readCounts(tables: Tables, collection: Collection): Promise<readonly Leaf[]> {
  const { Items = [] } = await call(() =>
    tables.client.send(
      new QueryCommand({
        TableName: tables.directory,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': countPartition(collection) },
        ConsistentRead: true,
      }),
    ),
  );
  return Items.flatMap((row) =>
    [...'0123456789abcdef'].flatMap((digit) => {
      const count = Number(row[countLeaf(digit)] ?? 0);
      return count === 0 ? [] : [{ prefix: `${row.sk}${digit}`, count }];
    }),
  );
}

/** How many resources the leaves count. */
export function total(leaves: readonly Leaf[]): number {
  return leaves.reduce((sum, leaf) => sum + leaf.count, 0);
}

/** Where the resource at `offset` (from 0) is: the prefix of its id, and how many with that prefix come before it. */
export function locate(leaves: readonly Leaf[], offset: number): { prefix: string; skip: number } | undefined {
  let before = 0;
  for (const { prefix, count } of leaves) {
    if (offset < before + count) return { prefix, skip: offset - before };
    before += count;
  }
  return undefined;
}
