import db from 'dynalite/db';
import type { Item } from 'dynalite/types';
import { isAwsError } from '../aws-error';
import type { Write } from './database';
import {
  type CancellationReason,
  isConditionFailure,
  resourceNotFound,
  transactionCanceled,
  validationException,
} from './errors';
import type { RequestTokens } from './request-tokens';
import { type ActionResult, runAction } from './run-action';
import type { Storage, Tables } from './tables';
import { parseTransaction, type TransactItem, type Transaction } from './transaction-input';

/** Commits what some actions would change, and more writes with it, as one batch. */
export type Commit = (actions: readonly ActionResult[], more?: readonly Write[]) => Promise<void>;

const maxBytes = 4 * 1024 * 1024;

/**
 * TransactWriteItems: every item passes and all are committed, or nothing is. Nobody else may write meanwhile.
 * @throws AwsError: TransactionCanceledException with a reason for each item, IdempotentParameterMismatchException,
 * ValidationException, ResourceNotFoundException.
 */
export async function transactWrite(
  storage: Storage,
  tokens: RequestTokens,
  commit: Commit,
  body: unknown,
): Promise<Record<string, unknown>> {
  const transaction = parseTransaction(body);
  const { token, parameters, items } = transaction;
  if (token !== undefined && tokens.isRepeated(token, parameters)) return {};
  const actions = await runItems(storage, items);
  const changes = actions.filter((_, index) => !items[index]?.kind.changesNothing);
  if (token === undefined) await commit(changes);
  else await tokens.commit(token, parameters, (writes) => commit(changes, writes));
  return consumed(transaction, actions);
}

async function runItems(storage: Storage, items: readonly TransactItem[]): Promise<readonly ActionResult[]> {
  checkItems(storage.tables, items);
  const outcomes = await Promise.allSettled(
    items.map(({ kind, data }) =>
      runAction(storage, kind.operation.action, data, data.ReturnValuesOnConditionCheckFailure),
    ),
  );
  if (outcomes.some(({ status }) => status === 'rejected')) throw transactionCanceled(outcomes.map(reason));
  return outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
}

function reason(outcome: PromiseSettledResult<ActionResult>): CancellationReason {
  if (outcome.status === 'fulfilled') return { Code: 'None' };
  const error: unknown = outcome.reason;
  if (!isAwsError(error)) throw error;
  if (!isConditionFailure(error)) return { Code: 'ValidationError', Message: error.message };
  const { Item } = error.body;
  return { Code: 'ConditionalCheckFailed', Message: error.message, ...(Item === undefined ? {} : { Item }) };
}

/** Checks that all tables exist, no item occurs twice, and the size is within the limit. */
function checkItems(tables: Tables, items: readonly TransactItem[]): void {
  const seen = new Set<string>();
  let bytes = 0;
  for (const { data } of items) {
    const table = tables.get(String(data.TableName));
    if (!table) throw resourceNotFound();
    const written = (data.Item ?? data.Key) as Item;
    bytes += db.itemSize(written);
    // The action refuses a key that does not fit its table.
    if (data.Item ? db.validateItem(written, table) : db.validateKey(written, table)) continue;
    const key = `${data.TableName}/${db.createKey(written, table)}`;
    if (seen.has(key)) throw validationException('Transaction request cannot include multiple operations on one item');
    seen.add(key);
  }
  if (bytes > maxBytes) throw validationException('Transaction request exceeds the maximum size of 4 MB');
}

/** A transaction consumes twice what its items would consume alone. */
function consumed({ returnCapacity }: Transaction, actions: readonly ActionResult[]): Record<string, unknown> {
  if (returnCapacity !== 'TOTAL' && returnCapacity !== 'INDEXES') return {};
  const units = new Map<string, number>();
  for (const { result } of actions) {
    const { TableName, CapacityUnits } = result.ConsumedCapacity as { TableName: string; CapacityUnits: number };
    units.set(TableName, (units.get(TableName) ?? 0) + 2 * CapacityUnits);
  }
  const ConsumedCapacity = [...units].map(([TableName, CapacityUnits]) => ({
    TableName,
    CapacityUnits,
    ...(returnCapacity === 'INDEXES' ? { Table: { CapacityUnits } } : {}),
  }));
  return { ConsumedCapacity };
}
