import { LostRace } from '../directory/retry';
import { ScimError } from '../scim/message/error';

/** Names of DynamoDB's errors after which the same request can be sent again; nothing was written. */
const throttlingNames: ReadonlySet<string> = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'TransactionConflictException',
  'TransactionInProgressException',
]);

/** The error for a throttled request. */
export function busy(cause: unknown): LostRace {
  return new LostRace('The directory is busy.', { cause });
}

/** Whether a failure was caused by other requests, or by a busy service. */
export function isBusy(error: unknown): boolean {
  return error instanceof ScimError && error.status === 429;
}

/** Converts an error of the SDK to `LostRace` if a retry helps; otherwise returns it unchanged. */
export function translate(error: unknown): unknown {
  if (error instanceof ScimError || !(error instanceof Error)) return error;
  return throttlingNames.has(error.name) ? busy(error) : error;
}
