import { deploymentDimension, metricNamespace } from '../../deployment/metrics';

/** A metric's name and CloudWatch's name for what it counts. */
export interface Metric {
  readonly Name: string;
  readonly Unit: 'Count' | 'Milliseconds';
}

/** Tells CloudWatch which numbers of a log entry are metrics (embedded metric format). */
export interface MetricDirective {
  readonly Namespace: string;
  readonly Dimensions: readonly (readonly string[])[];
  readonly Metrics: readonly Metric[];
}

/** A metric that counts. */
export const count = (Name: string): Metric => ({ Name, Unit: 'Count' });

/** The directive of metrics of the whole deployment, or of a part of it that further dimensions name. */
export function directive(metrics: readonly Metric[], ...dimensions: readonly string[]): MetricDirective {
  return { Namespace: metricNamespace, Dimensions: [[deploymentDimension, ...dimensions]], Metrics: metrics };
}

/** The part of a log entry that makes counts of the whole deployment metrics. */
export function countsOfDeployment(
  deployment: string,
  now: Date,
  counts: Readonly<Record<string, number>>,
): Readonly<Record<string, unknown>> {
  return {
    [deploymentDimension]: deployment,
    ...counts,
    _aws: { Timestamp: now.getTime(), CloudWatchMetrics: [directive(Object.keys(counts).map(count))] },
  };
}
