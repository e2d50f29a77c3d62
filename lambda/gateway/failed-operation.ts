import { describeError } from '../telemetry/log';
import { countsOfDeployment } from '../telemetry/metrics';

/**
 * The log line of a bulk operation that failed inside the endpoint. The response to the request is still 200, so API
 * Gateway does not count an error; this metric does.
 */
export function failedOperation(
  deployment: string,
  requestId: string,
  error: unknown,
  now: Date,
): Readonly<Record<string, unknown>> {
  return {
    level: 'error',
    message: 'bulk operation failed',
    requestId,
    error: describeError(error),
    ...countsOfDeployment(deployment, now, { FailedOperations: 1 }),
  };
}
