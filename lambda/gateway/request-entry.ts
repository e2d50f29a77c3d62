import { deploymentDimension } from '../../deployment/metrics';
import type { Consumption } from '../directory/store';
import { count, directive } from '../telemetry/metrics';

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

/** Each metric of each function costs: what is of interest for a deployment only is not kept for every function. */
const directives = [
  directive(
    [
      ...['Requests', 'ClientErrors', 'ServerErrors', 'Throttled'].map(count),
      { Name: 'Latency', Unit: 'Milliseconds' },
    ],
    'Function',
  ),
  directive(['ReadUnits', 'WriteUnits', 'Conflicts', 'NotImplemented'].map(count)),
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
    [deploymentDimension]: deployment,
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
