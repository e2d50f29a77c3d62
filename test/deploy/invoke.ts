import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

/** The result of an invocation, and its log lines in JSON: the end of the log, if it is long. */
export interface Invocation {
  readonly result: unknown;
  readonly failed: boolean;
  readonly lines: readonly Readonly<Record<string, unknown>>[];
}

/** Invokes a deployed function and waits for its result. */
export async function invoke(FunctionName: string, event: object = {}): Promise<Invocation> {
  const client = new LambdaClient();
  const Payload = JSON.stringify(event);
  const answer = await client.send(new InvokeCommand({ FunctionName, Payload, LogType: 'Tail' }));
  client.destroy();
  const log = Buffer.from(answer.LogResult ?? '', 'base64').toString();
  return {
    result: JSON.parse(answer.Payload?.transformToString() || 'null'),
    failed: answer.FunctionError !== undefined,
    lines: log
      .split('\n')
      .filter((line) => line.startsWith('{"level":'))
      .map((line) => JSON.parse(line)),
  };
}
