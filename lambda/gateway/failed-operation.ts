import { describeError } from '../telemetry/log';
import { countsOfDeployment } from '../telemetry/metrics';

/**
 * The line of an operation of a bulk request that failed inside the endpoint. The request is answered with 200 all the
 * same, so that API Gateway counts no error: this metric does.
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
