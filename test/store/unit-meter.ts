import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  QueryCommand as PlainQueryCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandInput,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { activityIndexes } from '../../deployment/tables';
import type { Item } from '../../lambda/store/items';
import type { Tables } from '../../lambda/store/tables';
import { itemSize } from './item-size';

/** The attributes that make the key of an entry, by index. */
const indexKeys = {
  modified: ['modifiedShard', 'modifiedPeriod'],
  inverse: ['member', 'group'],
  subject: [activityIndexes.subject, 'sk'],
  failures: [activityIndexes.failures, 'sk'],
  requests: [activityIndexes.requests, 'sk'],
} as const;
export type IndexName = keyof typeof indexKeys;
const indexNames = Object.keys(indexKeys) as readonly IndexName[];

/** Request units consumed in one partition key of a table or of an index. */
export interface Consumed {
  readonly table: string;
  readonly index?: IndexName;
  readonly key: string;
  readonly reads: number;
  readonly writes: number;
}

export interface UnitMeter {
  readonly tables: Tables;
  /** Runs a step and returns what it consumed, call by call. */
  measure(work: () => Promise<unknown>): Promise<readonly Consumed[]>;
}

interface Write {
  readonly table: string;
  readonly key: Item;
  readonly transacted: boolean;
}

/**
 * Counts request units by DynamoDB's documented rules, from the items themselves before and after each call: a write is
 * the larger of both, rounded up to 1 KB, twice that in a transaction, and one more for each entry of an index that it
 * puts or deletes; a read is rounded up to 4 KB, per item or per query, and half of that unless strongly consistent.
 */
export function meterUnits(tables: Tables & { readonly client: DynamoDBDocumentClient }): UnitMeter {
  const { client } = tables;
  let consumed: Consumed[] = [];

  const itemAt = async (table: string, key: Item): Promise<Item | undefined> =>
    (await client.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true }))).Item;

  const itemsAt = (writes: readonly Write[]) => Promise.all(writes.map(({ table, key }) => itemAt(table, key)));

  const countGet = async (table: string, key: Item, consistent = false) => {
    const units = roundUp(itemSize((await itemAt(table, key)) ?? {}), 4096);
    consumed.push({ table, key: partitionOf(key), reads: consistent ? units : units / 2, writes: 0 });
  };

  const countQuery = async (input: QueryCommandInput) => {
    const { Items = [] } = await client.send(new QueryCommand(withoutProjection(input)));
    const units = roundUp(
      Items.reduce((sum, item) => sum + itemSize(item), 0),
      4096,
    );
    const [key] = Object.values(input.ExpressionAttributeValues ?? {});
    const index = input.IndexName as Consumed['index'];
    consumed.push({
      table: String(input.TableName),
      ...(index && { index }),
      key: String(key),
      reads: input.ConsistentRead ? units : units / 2,
      writes: 0,
    });
  };

  const send = async (command: unknown) => {
    if (command instanceof GetCommand) {
      const { TableName, Key = {}, ConsistentRead } = command.input;
      await countGet(String(TableName), Key, ConsistentRead);
    }
    if (command instanceof QueryCommand) await countQuery(command.input);
    if (command instanceof PlainQueryCommand) await countQuery(plainValues(command.input));
    if (command instanceof BatchGetItemCommand) {
      for (const [table, { Keys = [], ConsistentRead }] of Object.entries(command.input.RequestItems ?? {})) {
        await Promise.all(Keys.map((key) => countGet(table, unmarshall(key), ConsistentRead)));
      }
    }
    const writes = writesOf(command);
    const before = await itemsAt(writes);
    const output = await (client.send as (command: unknown) => Promise<unknown>)(command);
    const after = await itemsAt(writes);
    consumed.push(...writes.flatMap((write, at) => countWrite(write, before[at], after[at])));
    return output;
  };

  return {
    tables: { ...tables, client: { send: send as Tables['client']['send'] } },
    measure: async (work) => {
      consumed = [];
      await work();
      return consumed;
    },
  };
}

function countWrite({ table, key, transacted }: Write, before: Item = {}, after: Item = {}): readonly Consumed[] {
  const units = roundUp(Math.max(itemSize(before), itemSize(after)), 1024);
  const entries = indexNames.flatMap((index) => {
    const [old, now] = [before, after].map((item) => indexKeys[index].map((name) => item[name]));
    if (JSON.stringify(old) === JSON.stringify(now)) return [];
    return [old, now].flatMap((entry) =>
      entry?.[0] === undefined ? [] : [{ table, index, key: String(entry[0]), reads: 0, writes: 1 }],
    );
  });
  return [{ table, key: partitionOf(key), reads: 0, writes: transacted ? 2 * units : units }, ...entries];
}

function writesOf(command: unknown): readonly Write[] {
  if (command instanceof PutCommand) return [write(command.input.TableName, command.input.Item)];
  if (command instanceof UpdateCommand || command instanceof DeleteCommand) {
    return [write(command.input.TableName, command.input.Key)];
  }
  if (command instanceof TransactWriteCommand) {
    return (command.input.TransactItems ?? []).map(({ Put, Update, Delete, ConditionCheck }) => {
      const action = Put ?? Update ?? Delete ?? ConditionCheck;
      return write(action?.TableName, Put?.Item ?? Update?.Key ?? Delete?.Key ?? ConditionCheck?.Key, true);
    });
  }
  if (!(command instanceof BatchWriteItemCommand)) return [];
  return Object.entries(command.input.RequestItems ?? {}).flatMap(([table, requests]) =>
    requests.map(({ PutRequest, DeleteRequest }) =>
      write(table, unmarshall(PutRequest?.Item ?? DeleteRequest?.Key ?? {})),
    ),
  );
}

function write(table = '', { pk, sk, group, member }: Item = {}, transacted = false): Write {
  return { table, key: pk === undefined ? { group, member } : { pk, sk }, transacted };
}

function partitionOf({ pk, group }: Item): string {
  return String(pk ?? group);
}

function roundUp(bytes: number, unit: number): number {
  return Math.max(1, Math.ceil(bytes / unit));
}

/** A query in DynamoDB's own notation, whose values are all strings, as the document client takes it. */
function plainValues({ ExpressionAttributeValues = {}, ...input }: PlainQueryCommand['input']): QueryCommandInput {
  const { ExclusiveStartKey: _, QueryFilter: __, KeyConditions: ___, ...rest } = input;
  const values = Object.entries(ExpressionAttributeValues).map(([name, { S }]) => [name, S]);
  return { ...rest, ExpressionAttributeValues: Object.fromEntries(values) };
}

/** Everything that a query reads counts, not only what it returns. */
function withoutProjection({ ProjectionExpression: _, ...input }: QueryCommandInput): QueryCommandInput {
  const { KeyConditionExpression = '', ExpressionAttributeNames = {}, ...rest } = input;
  const names = Object.entries(ExpressionAttributeNames).filter(([name]) => KeyConditionExpression.includes(name));
  return {
    ...rest,
    KeyConditionExpression,
    ...(names.length > 0 && { ExpressionAttributeNames: Object.fromEntries(names) }),
  };
}
