import { randomUUID } from 'node:crypto';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { busy, translate } from './errors';
import { backOff, type Tables } from './tables';

export type TransactAction = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** The most actions that DynamoDB takes in one transaction. */
export const transactionLimit = 100;

/** An action whose condition did not hold, and the item that stood in its way where the action asked for it. */
export interface FailedCondition {
  readonly index: number;
  readonly holder: string | undefined;
}

/** How often a transaction that met another one is tried. */
const attempts = 6;

/**
 * Runs a transaction. Returns the actions whose conditions did not hold; none means that it was committed. One request
 * token serves all attempts, so that a retry after a lost answer does nothing twice.
 * @throws ScimError 429 when other transactions keep getting in its way.
 */
export async function transact(
  tables: Tables,
  actions: readonly TransactAction[],
): Promise<readonly FailedCondition[]> {
  const ClientRequestToken = randomUUID();
  const input = { TransactItems: [...actions], ClientRequestToken };
  for (let attempt = 1; ; attempt++) {
    const outcome = await attemptOnce(tables, input);
    if (outcome !== 'conflict') return outcome;
    if (attempt === attempts) throw busy(new Error(`Transaction conflict, ${attempts} times.`));
    await backOff(attempt);
  }
}

async function attemptOnce(
  tables: Tables,
  input: TransactWriteCommandInput,
): Promise<readonly FailedCondition[] | 'conflict'> {
  try {
    await tables.client.send(new TransactWriteCommand(input));
    return [];
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw translate(error);
    return readCancellation(error);
  }
}

function readCancellation(error: TransactionCanceledException): readonly FailedCondition[] | 'conflict' {
  const reasons = error.CancellationReasons ?? [];
  const failed = reasons.flatMap((reason, index) =>
    reason.Code === 'ConditionalCheckFailed' ? [{ index, holder: reason.Item?.id?.S }] : [],
  );
  if (failed.length > 0) return failed;
  if (reasons.some((reason) => reason.Code !== undefined && retryable.has(reason.Code))) return 'conflict';
  throw error;
}

const retryable: ReadonlySet<string> = new Set([
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
]);
