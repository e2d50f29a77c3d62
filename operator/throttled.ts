/** Names of errors that the AWS SDK takes for throttling; a test compares them with the SDK's own. */
const names: ReadonlySet<string> = new Set([
  'BandwidthLimitExceeded',
  'EC2ThrottledException',
  'LimitExceededException',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  'TransactionInProgressException',
]);

/** What the SDK adds to an error. */
interface OfSdk {
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $retryable?: { readonly throttling?: boolean };
}

/**
 * Whether a service of AWS refused a request as one too many. It is what the SDK itself decides before it repeats one; its
 * own function would bring 12 KB of others into each bundle.
 */
export function isThrottled(error: Error): boolean {
  const { $metadata, $retryable } = error as OfSdk;
  return names.has(error.name) || $metadata?.httpStatusCode === 429 || $retryable?.throttling === true;
}
