import { deploymentDimension } from '../../deployment/metrics';
import type { Consumption } from '../directory/store';
import { count, directive } from '../telemetry/metrics';

/** Summary of a request after its response. */
export interface RequestSummary {
  /** The name of the directory table, which identifies the deployment in metrics. */
  readonly deployment: string;
  readonly function: string;
  readonly requestId: string;
  readonly tenantId: string | undefined;
  readonly credentialId: string | undefined;
  readonly method: string;
  /** The route's pattern, not the path. */
  readonly route: string;
  readonly status: number;
  readonly scimType: string | undefined;
  /** Whether the brake held it. */
  readonly held: boolean;
  readonly milliseconds: number;
  readonly consumption: Consumption;
}

/** Each metric of each function costs money, so some metrics are only published per deployment. */
const directives = [
  directive(
    [
      ...['Requests', 'ClientErrors', 'ServerErrors', 'Throttled'].map(count),
      { Name: 'Latency', Unit: 'Milliseconds' },
    ],
    'Function',
  ),
  directive(['ReadUnits', 'WriteUnits', 'Conflicts', 'NotImplemented', 'Paused', 'Held'].map(count)),
];

/** The log line of a request, with its metrics in CloudWatch's embedded metric format. */
export function requestEntry(summary: RequestSummary, now: Date): Readonly<Record<string, unknown>> {
  const { deployment, function: name, held, milliseconds, consumption, ...rest } = summary;
  const { status } = summary;
  // 501 is not a failure, so that no client can trigger an alarm with it; nor is 503, the response while a tenant is
  // paused. API Gateway counts both as a 5xx; the alarm subtracts NotImplemented and Paused.
  const failed = status >= 500 && status !== 501 && status !== 503;
  return {
    level: failed ? 'error' : 'info',
    ...rest,
    [deploymentDimension]: deployment,
    Function: name,
    Requests: 1,
    ClientErrors: Number(status >= 400 && !failed && status !== 503),
    ServerErrors: Number(failed),
    Throttled: Number(status === 429 && !held),
    NotImplemented: Number(status === 501),
    Paused: Number(status === 503),
    Held: Number(held),
    Latency: milliseconds,
    ReadUnits: consumption.readUnits,
    WriteUnits: consumption.writeUnits,
    Conflicts: consumption.conflicts,
    _aws: { Timestamp: now.getTime(), CloudWatchMetrics: directives },
  };
}
