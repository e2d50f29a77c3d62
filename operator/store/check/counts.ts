import { isDeepStrictEqual } from 'node:util';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { isId } from '../../../lambda/directory/id';
import { LostRace, retry } from '../../../lambda/directory/retry';
import type { Collection } from '../../../lambda/directory/store';
import { isBusy } from '../../../lambda/store/errors';
import { type Item, itemFormat } from '../../../lambda/store/items';
import { countKey, countLeaf, countPartition, type DirectoryKey, resourcePartition } from '../../../lambda/store/keys';
import { queryAll } from '../../../lambda/store/pages';
import { callConditional, getItem, type Tables } from '../../../lambda/store/tables';
import type { Difference } from './difference';
import { describeKey, keyOf } from './read';

type Counts = ReadonlyMap<string, number>;

/** The key of a count row; `prefix` is the beginning of the ids that it counts. */
export interface CountRow {
  readonly collection: Collection;
  readonly prefix: string;
}

interface ComparedRow extends CountRow {
  said?: Item;
  readonly counted: Map<string, number>;
}

/** Compares the count rows of tenants with the resources. */
export class CountMatch {
  private readonly rows = new Map<string, ComparedRow>();

  /** Adds a resource that exists. */
  count(collection: Collection, id: string): void {
    if (isId(id)) add(this.row(collection, id).counted, id);
  }

  /** Adds the number of a row. */
  read(collection: Collection, item: Item): void {
    this.row(collection, keyOf(item).sk).said = item;
  }

  get differing(): readonly CountRow[] {
    return [...this.rows.values()].filter(({ said, counted }) => compare(said, counted).length > 0);
  }

  private row(collection: Collection, id: string): ComparedRow {
    const prefix = id.slice(0, 2);
    const name = `${countPartition(collection)} ${prefix}`;
    const row: ComparedRow = this.rows.get(name) ?? { collection, prefix, counted: new Map() };
    this.rows.set(name, row);
    return row;
  }
}

/** Recounts a row that seemed wrong. */
export async function judgeCount(tables: Tables, row: CountRow): Promise<Difference | undefined> {
  const key = countKey(row.collection, row.prefix);
  const { tenantId } = row.collection;
  const counting = await unlessBusy(() => recount(tables, row));
  if (!counting) {
    return {
      tenantId,
      problem: 'wrong count',
      detail: `${describeKey(key)}: not counted, because it changes all the time`,
    };
  }
  const wrong = compare(counting.said, counting.counted);
  if (wrong.length === 0) return undefined;
  return {
    tenantId,
    problem: 'wrong count',
    detail: `${describeKey(key)}: ${wrong.join(', ')}`,
    repair: () => repairCount(tables, row),
  };
}

async function repairCount(tables: Tables, row: CountRow): Promise<boolean> {
  const repaired = await unlessBusy(async () => {
    const counting = await recount(tables, row);
    if (compare(counting.said, counting.counted).length === 0) return true;
    if (await write(tables, countKey(row.collection, row.prefix), counting)) return true;
    throw changedMeanwhile();
  });
  return repaired ?? false;
}

/** Runs a step again while resources are created or deleted at the same time; undefined if that does not stop. */
async function unlessBusy<Result>(step: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await retry(step);
  } catch (error) {
    if (isBusy(error)) return undefined;
    throw error;
  }
}

function changedMeanwhile(): LostRace {
  return new LostRace('Resources were created or deleted while they were counted.');
}

interface Counting {
  readonly said: Item | undefined;
  readonly counted: Counts;
}

/** Counts the resources of a row. @throws LostRace if one was created or deleted meanwhile: that changes the row's version */
async function recount(tables: Tables, { collection, prefix }: CountRow): Promise<Counting> {
  const key = countKey(collection, prefix);
  const said = await getItem(tables, tables.directory, key);
  const resources = await queryAll(tables, {
    TableName: tables.directory,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ProjectionExpression: 'sk',
    ExpressionAttributeValues: { ':pk': resourcePartition(collection), ':prefix': prefix },
    ConsistentRead: true,
  });
  if (!isDeepStrictEqual(said, await getItem(tables, tables.directory, key))) throw changedMeanwhile();
  const counted = new Map<string, number>();
  for (const { sk } of resources) if (isId(String(sk))) add(counted, String(sk));
  return { said, counted };
}

async function write(tables: Tables, key: DirectoryKey, { said, counted }: Counting): Promise<boolean> {
  const version = said?.version;
  const command = new PutCommand({
    TableName: tables.directory,
    Item: {
      ...key,
      total: 0,
      ...Object.fromEntries(counted),
      version: (Number(version) || 0) + 1,
      format: itemFormat,
    },
    ConditionExpression: version === undefined ? 'attribute_not_exists(#version)' : '#version = :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ...(version !== undefined && { ExpressionAttributeValues: { ':version': version } }),
  });
  return (await callConditional(() => tables.client.send(command))) !== undefined;
}

function add(counted: Map<string, number>, id: string): void {
  for (const name of ['total', countLeaf(id.slice(2, 3))]) counted.set(name, (counted.get(name) ?? 0) + 1);
}

/** Describes each count that differs. */
function compare(said: Item | undefined, counted: Counts): readonly string[] {
  const { pk, sk, version, format = itemFormat, ...counts } = said ?? {};
  const written = format === itemFormat ? [] : [`format is ${String(format)} instead of ${itemFormat}`];
  const differing = [...new Set([...counted.keys(), ...Object.keys(counts)])]
    .filter((name) => Number(counts[name] ?? 0) !== (counted.get(name) ?? 0))
    .map((name) => `${name} is ${String(counts[name] ?? 'absent')} instead of ${counted.get(name) ?? 0}`);
  return [...written, ...differing];
}
