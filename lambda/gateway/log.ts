import type { Consumption } from '../directory/store';

/** Takes what happened as a JSON object; never a token, a body, a filter or a name. */
export type Log = (entry: Readonly<Record<string, unknown>>) => void;

/** Writes an entry as one line, which CloudWatch reads as JSON. */
export const consoleLog: Log = (entry) => {
  process.stdout.write(`${JSON.stringify(entry)}\n`);
};

/** AWS's names for "this has the wrong form". Their messages repeat what was sent, and that is personal data. */
const aboutForm: ReadonlySet<string> = new Set(['SerializationException', 'ValidationException']);

/** A failure as it may stand in a log: name, code, message and stack, also of its causes. */
export function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error);
  const { name, message, stack = '', cause } = error;
  // The stack begins with the message.
  const frames = stack.split('\n').filter((line) => line.startsWith('    at '));
  return {
    name,
    // All that an AggregateError of connections that were refused says.
    ...('code' in error ? { code: String(error.code) } : {}),
    message: aboutForm.has(name) ? 'left out: it can repeat what was sent' : message,
    stack: frames.join('\n'),
    ...(cause === undefined ? {} : { cause: describeError(cause) }),
  };
}

/** What is known of a request when it has been answered. */
export interface RequestSummary {
  /** The name of the directory table, by which the metrics of several deployments in one account are told apart. */
  readonly deployment: string;
  readonly function: string;
  readonly requestId: string;
  readonly tenantId: string | undefined;
  readonly tokenId: string | undefined;
  readonly method: string;
  /** The route's pattern, not the path. */
  readonly route: string;
  readonly status: number;
  readonly scimType: string | undefined;
  readonly milliseconds: number;
  readonly consumption: Consumption;
}

const count = (Name: string) => ({ Name, Unit: 'Count' });

const namespace = 'ServerlessScim';

/** How CloudWatch finds metrics of the whole deployment in a line (embedded metric format), by their names. */
export const ofDeployment = (...names: readonly string[]) => ({
  Namespace: namespace,
  Dimensions: [['DirectoryTable']],
  Metrics: names.map(count),
});

/** Each metric of each function costs: what is of interest for a deployment only is not kept for every function. */
const directives = [
  {
    Namespace: namespace,
    Dimensions: [['DirectoryTable', 'Function']],
    Metrics: [
      ...['Requests', 'ClientErrors', 'ServerErrors', 'Throttled'].map(count),
      { Name: 'Latency', Unit: 'Milliseconds' },
    ],
  },
  ofDeployment('ReadUnits', 'WriteUnits', 'Conflicts', 'NotImplemented'),
];

/** The one line per request: a log entry and, in CloudWatch's embedded metric format, its metrics. */
export function requestEntry(summary: RequestSummary, now: Date): Readonly<Record<string, unknown>> {
  const { deployment, function: name, milliseconds, consumption, ...rest } = summary;
  const { status } = summary;
  // 501 is the answer to a question, not a failure: no client can raise an alarm by asking it. API Gateway counts it as one
  // all the same, hence NotImplemented, which the alarm takes off.
  const failed = status >= 500 && status !== 501;
  return {
    level: failed ? 'error' : 'info',
    ...rest,
    DirectoryTable: deployment,
    Function: name,
    Requests: 1,
    ClientErrors: Number(status >= 400 && !failed),
    ServerErrors: Number(failed),
    Throttled: Number(status === 429),
    NotImplemented: Number(status === 501),
    Latency: milliseconds,
    ReadUnits: consumption.readUnits,
    WriteUnits: consumption.writeUnits,
    Conflicts: consumption.conflicts,
    _aws: { Timestamp: now.getTime(), CloudWatchMetrics: directives },
  };
}
