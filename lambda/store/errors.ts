import { LostRace } from '../directory/retry';
import { ScimError } from '../scim/message/error';

/** DynamoDB's names for "not now": the request was refused, nothing happened, and it may be sent again. */
const throttlingNames: ReadonlySet<string> = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'TransactionConflictException',
  'TransactionInProgressException',
]);

/** What to throw when the store cannot keep up. */
export function busy(cause: unknown): LostRace {
  return new LostRace('The directory is busy.', { cause });
}

/** Whether a failure is that of a store that cannot keep up, however long it was waited for. */
export function isBusy(error: unknown): boolean {
  return error instanceof ScimError && error.status === 429;
}

/** Converts an error of the SDK to `LostRace` if a retry helps; otherwise returns it unchanged. */
export function translate(error: unknown): unknown {
  if (error instanceof ScimError || !(error instanceof Error)) return error;
  return throttlingNames.has(error.name) ? busy(error) : error;
}
