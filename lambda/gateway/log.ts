/** Takes what happened as a JSON object; never a token, a body, a filter or a name. */
export type Log = (entry: Readonly<Record<string, unknown>>) => void;

/** Writes an entry as one line, which CloudWatch reads as JSON. */
export const consoleLog: Log = (entry) => {
  process.stdout.write(`${JSON.stringify(entry)}\n`);
};

/** What is known of a request when it has been answered. */
export interface RequestSummary {
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
}

const metrics = [
  { Name: 'Requests', Unit: 'Count' },
  { Name: 'ClientErrors', Unit: 'Count' },
  { Name: 'ServerErrors', Unit: 'Count' },
  { Name: 'Throttled', Unit: 'Count' },
  { Name: 'Latency', Unit: 'Milliseconds' },
] as const;

/** The one line per request: a log entry and, in CloudWatch's embedded metric format, its metrics. */
export function requestEntry(summary: RequestSummary, now: Date): Readonly<Record<string, unknown>> {
  const { function: name, milliseconds, ...rest } = summary;
  const { status } = summary;
  // 501 is the answer to a question, not a failure: no client can raise an alarm by asking it.
  const failed = status >= 500 && status !== 501;
  return {
    level: failed ? 'error' : 'info',
    ...rest,
    Function: name,
    Requests: 1,
    ClientErrors: Number(status >= 400 && !failed),
    ServerErrors: Number(failed),
    Throttled: Number(status === 429),
    Latency: milliseconds,
    _aws: {
      Timestamp: now.getTime(),
      CloudWatchMetrics: [{ Namespace: 'ServerlessScim', Dimensions: [['Function']], Metrics: metrics }],
    },
  };
}
