import { ScimError, throttled } from '../scim/message/error';

/** DynamoDB's names for "not now": the request was refused, nothing happened, and it may be sent again. */
const throttlingNames: ReadonlySet<string> = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'TransactionConflictException',
  'TransactionInProgressException',
]);

/** The seconds that clients are asked to wait when the store cannot keep up. */
const retryAfter = 2;

/** 429 for a store that cannot keep up. */
export function busy(cause: unknown): ScimError {
  return throttled('The directory is busy. Send the request again after the time in Retry-After.', retryAfter, {
    cause,
  });
}

/** Whether a failure is that of a store that cannot keep up. */
export function isBusy(error: unknown): boolean {
  return error instanceof ScimError && error.status === 429;
}

/** A failure of the SDK as the rest of the program knows it: 429 where a retry helps, otherwise as it is. */
export function translate(error: unknown): unknown {
  if (error instanceof ScimError || !(error instanceof Error)) return error;
  return throttlingNames.has(error.name) ? busy(error) : error;
}
