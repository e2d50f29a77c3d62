import { type AttributeValue, QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import type { Collection } from '../directory/store';
import { itemFormat, unreadable } from './items';
import { countKey, countLeaf, countPartition } from './keys';
import { call, type Tables } from './tables';
import type { TransactAction } from './transact';

/**
 * A row of counts: how many ids begin with two hex digits (`sk`), and with each third one. Kept as DynamoDB's attribute
 * values: of 5,000 numbers only a few are used, and converting all of them takes a third of the time of the read.
 */
export type CountRow = Readonly<Record<string, AttributeValue>>;

const digits = [...'0123456789abcdef'];

const zero: AttributeValue = { N: '0' };
const present: AttributeValue = { N: String(itemFormat) };

/**
 * Counts a resource in (1) or out (-1), as part of the transaction that adds or deletes it. Each changes the row's
 * version too: a recount of the row then notices resources that were added or deleted meanwhile.
 */
export function countUpdate(tables: Tables, collection: Collection, id: string, change: 1 | -1): TransactAction {
  return {
    Update: {
      TableName: tables.directory,
      Key: countKey(collection, id),
      UpdateExpression: 'ADD #total :change, #leaf :change, #version :one SET #format = :format',
      ExpressionAttributeNames: {
        '#total': 'total',
        '#leaf': countLeaf(id.slice(2, 3)),
        '#version': 'version',
        '#format': 'format',
      },
      ExpressionAttributeValues: { ':change': change, ':one': 1, ':format': itemFormat },
    },
  };
}

/** Reads the counts of a collection, in id order: at most 256 rows in one query. */
export function readCounts(tables: Tables, collection: Collection): Promise<readonly CountRow[]> {
  return queryRows(tables, collection, {});
}

/** How many resources a collection has. Reads four values of each row, not all twenty. */
export async function readTotal(tables: Tables, collection: Collection): Promise<number> {
  const projection = {
    ProjectionExpression: 'pk, sk, #total, #format',
    ExpressionAttributeNames: { '#total': 'total', '#format': 'format' },
  };
  return total(await queryRows(tables, collection, projection));
}

async function queryRows(
  tables: Tables,
  collection: Collection,
  projection: Pick<QueryCommandInput, 'ProjectionExpression' | 'ExpressionAttributeNames'>,
): Promise<readonly CountRow[]> {
  const { Items = [] } = await call(() =>
    tables.client.send(
      new QueryCommand({
        TableName: tables.directory,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: countPartition(collection) } },
        ConsistentRead: true,
        ...projection,
      }),
    ),
  );
  return Items;
}

/** How many resources the rows count. @throws Error naming the key of a row that cannot be read */
export function total(rows: readonly CountRow[]): number {
  return rows.reduce((sum, row) => sum + count(row, 'total'), 0);
}

/** Where the resource at `offset` (from 0) is: the prefix of its id, and how many with that prefix come before it. */
export function locate(rows: readonly CountRow[], offset: number): { prefix: string; skip: number } | undefined {
  let before = 0;
  for (const row of rows) {
    const after = before + count(row, 'total');
    if (offset < after) return locateWithin(row, offset - before);
    before = after;
  }
  return undefined;
}

function locateWithin(row: CountRow, offset: number): { prefix: string; skip: number } | undefined {
  let before = 0;
  for (const digit of digits) {
    const after = before + count(row, countLeaf(digit));
    if (offset < after) return { prefix: `${row.sk?.S}${digit}`, skip: offset - before };
    before = after;
  }
  return undefined;
}

/** A leaf comes with its first resource; the total is there from the beginning. */
function count(row: CountRow, name: string): number {
  const { [name]: value = name === 'total' ? undefined : zero, format = present } = row;
  if (value?.N !== undefined && format.N === present.N) return Number(value.N);
  throw unreadable({ pk: row.pk?.S, sk: row.sk?.S, format: format.N }, `a number of resources in ${name}`);
}
