/** An error of an AWS service that speaks JSON: dynalite's errors have the same shape. */
export interface AwsError extends Error {
  readonly statusCode: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A response of a service: a result or an error, as JSON. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** Makes the error that a service returns. `type` is its name in the service's model, with the namespace. */
export function awsError(type: string, message: string, more: Readonly<Record<string, unknown>> = {}): AwsError {
  return Object.assign(new Error(message), { statusCode: 400, body: { __type: type, message, ...more } });
}

/** Runs an operation; an `AwsError` that it throws is its reply. Other errors are failures of the emulation itself. */
export async function toReply(operation: () => Promise<unknown>): Promise<Reply> {
  try {
    return { status: 200, body: await operation() };
  } catch (error) {
    if (!isAwsError(error)) throw error;
    return { status: error.statusCode, body: error.body };
  }
}

/** Whether an error is a service's response. */
export function isAwsError(error: unknown): error is AwsError {
  return error instanceof Error && 'statusCode' in error && 'body' in error;
}
