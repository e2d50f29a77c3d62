import { randomUUID } from 'node:crypto';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { retry } from '../directory/retry';
import { busy, translate } from './errors';
import type { Tables } from './tables';

/** The client for the tables that a transaction names. */
type Client = Pick<Tables, 'client'>;

export type TransactAction = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** The most actions that DynamoDB takes in one transaction. */
export const transactionLimit = 100;

/** An action whose condition failed, and the present item if the action requested it. */
export interface FailedCondition {
  readonly index: number;
  readonly holder: string | undefined;
}

/**
 * Runs a transaction. Returns the actions whose conditions did not hold; none means that it was committed. One request
 * token serves all attempts, so that a retry after a lost response does nothing twice.
 * @throws ScimError 429 when other transactions keep conflicting with it
 */
export function transact(tables: Client, actions: readonly TransactAction[]): Promise<readonly FailedCondition[]> {
  const input = { TransactItems: [...actions], ClientRequestToken: randomUUID() };
  return retry(() => attempt(tables, input));
}

async function attempt(tables: Client, input: TransactWriteCommandInput): Promise<readonly FailedCondition[]> {
  try {
    await tables.client.send(new TransactWriteCommand(input));
    return [];
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw translate(error);
    return readCancellation(error);
  }
}

function readCancellation(error: TransactionCanceledException): readonly FailedCondition[] {
  const reasons = error.CancellationReasons ?? [];
  const failed = reasons.flatMap((reason, index) =>
    reason.Code === 'ConditionalCheckFailed' ? [{ index, holder: reason.Item?.id?.S }] : [],
  );
  if (failed.length > 0) return failed;
  if (reasons.some((reason) => reason.Code !== undefined && retryable.has(reason.Code))) throw busy(error);
  throw error;
}

const retryable: ReadonlySet<string> = new Set([
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
]);
