import { randomUUID } from 'node:crypto';
import type { Context } from 'aws-lambda';
import { account, region } from './engine/call-store';

/** A Lambda handler. */
export type LambdaFunction = (event: never, context: Context) => Promise<unknown>;

/** A function with its name and its timeout in milliseconds. */
export interface DeployedFunction {
  readonly name: string;
  readonly handler: LambdaFunction;
  readonly timeout: number;
}

/** Result of an invocation. `tooLarge` means that the event is too large. */
export type InvocationResult =
  | { readonly kind: 'returned'; readonly value: unknown; readonly bytes: number }
  | { readonly kind: 'threw'; readonly error: unknown }
  | { readonly kind: 'timedOut' }
  | { readonly kind: 'tooLarge' };

/** Lambda's limits on the JSON of an event and of a result. */
const maxEventBytes = 6 * 1024 * 1024;
export const maxResultBytes = maxEventBytes + 100;

/** Invokes a function as Lambda does: event and result pass as JSON, and the time is limited. Never rejects. */
export async function invoke({ name, handler, timeout }: DeployedFunction, event: unknown): Promise<InvocationResult> {
  const payload = JSON.stringify(event);
  if (Buffer.byteLength(payload) > maxEventBytes) return { kind: 'tooLarge' };
  let timer: NodeJS.Timeout | undefined;
  const timedOut = new Promise<InvocationResult>((resolve) => {
    timer = setTimeout(resolve, timeout, { kind: 'timedOut' });
  });
  const run = async (): Promise<InvocationResult> => {
    const result = await handler(JSON.parse(payload) as never, makeContext(name, Date.now() + timeout));
    const text = JSON.stringify(result ?? null);
    return { kind: 'returned', value: JSON.parse(text), bytes: Buffer.byteLength(text) };
  };
  const outcome = await Promise.race([
    timedOut,
    run().catch((error: unknown): InvocationResult => ({ kind: 'threw', error })),
  ]);
  clearTimeout(timer);
  return outcome;
}

function makeContext(functionName: string, deadline: number): Context {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:${region()}:${account}:function:${functionName}`,
    memoryLimitInMB: '1769',
    awsRequestId: randomUUID(),
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: 'local',
    getRemainingTimeInMillis: () => deadline - Date.now(),
    done: () => {},
    fail: () => {},
    succeed: () => {},
  };
}
