import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { clientConfiguration } from '../connection';
import { documentClient } from './document-client';
import { translate } from './errors';
import type { Item } from './items';
import type { DirectoryKey, MembershipKey } from './keys';

/** The two tables and the client for them. */
export interface Tables {
  readonly client: Pick<DynamoDBDocumentClient, 'send'>;
  readonly directory: string;
  readonly memberships: string;
}

/** The most items that DynamoDB takes in one call of each batch operation. */
export const batchGetLimit = 100;
export const batchWriteLimit = 25;

/** How many batches run at the same time. */
const parallelBatches = 8;

/** Tables named by the environment (`DIRECTORY_TABLE`, `MEMBERSHIPS_TABLE`). @throws Error when one is not named. */
export function tablesFromEnvironment(): Tables & { readonly client: DynamoDBDocumentClient } {
  return {
    client: documentClient(new DynamoDBClient(clientConfiguration({}))),
    directory: required('DIRECTORY_TABLE'),
    memberships: required('MEMBERSHIPS_TABLE'),
  };
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`The environment variable ${name} is not set; it names a DynamoDB table.`);
  return value;
}

/** Runs a call of the SDK; converts its errors to those of the store. */
export async function call<Output>(send: () => Promise<Output>): Promise<Output> {
  try {
    return await send();
  } catch (error) {
    throw translate(error);
  }
}

/** Runs a conditional write. `undefined` when its condition did not hold. */
export async function callConditional<Output>(send: () => Promise<Output>): Promise<Output | undefined> {
  try {
    return await send();
  } catch (error) {
    if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return undefined;
    throw translate(error);
  }
}

/** Reads an item, strongly consistent. */
export async function getItem(
  { client }: Tables,
  TableName: string,
  key: DirectoryKey | MembershipKey,
): Promise<Item | undefined> {
  const command = new GetCommand({ TableName, Key: { ...key }, ConsistentRead: true });
  return (await call(() => client.send(command))).Item;
}

/** Splits a list into lists of at most `size`. */
export function chunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

/** Runs an asynchronous step over a list, a few at a time, and keeps the order. */
export async function inParallel<T, R>(
  items: readonly T[],
  step: (item: T) => Promise<R>,
  atOnce = parallelBatches,
): Promise<readonly R[]> {
  const results: R[] = new Array(items.length);
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++;
      results[index] = await step(items[index] as T);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  return results;
}
