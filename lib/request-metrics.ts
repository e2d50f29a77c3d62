import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric, type MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { routeFunctions } from '../deployment/functions';
import { deploymentDimension, metricNamespace as namespace } from '../deployment/metrics';
import type { Watched } from './watched';

const period = Duration.minutes(5);

type Deployment = Pick<Watched, 'tables' | 'functions'>;

/** A metric of the functions behind routes, apart from some: one metric per function. */
export function byFunction(
  { tables, functions }: Deployment,
  metricName: string,
  options: MetricOptions = {},
  without: readonly string[] = [],
): IMetric[] {
  const deployment = { [deploymentDimension]: tables.directory.tableName };
  const names = routeFunctions.filter((name) => functions[name] && !without.includes(name));
  return names.map((name) => {
    const dimensionsMap = { ...deployment, Function: name };
    const common = { namespace, metricName, dimensionsMap, period };
    return new Metric({ statistic: Stats.SUM, ...common, ...options, label: `${name} ${options.label ?? ''}`.trim() });
  });
}

/** A metric of the functions behind routes, summed over the functions. */
export function ofAllFunctions(deployment: Deployment, metricName: string, label: string): IMetric {
  const metrics = byFunction(deployment, metricName);
  const usingMetrics = Object.fromEntries(
    metrics.map((metric, index) => [`${metricName.toLowerCase()}${index}`, metric]),
  );
  return new MathExpression({ expression: `SUM([${Object.keys(usingMetrics)}])`, usingMetrics, period, label });
}

/** A metric of the whole deployment; by default its sum in 5 minutes. */
export function ofDeployment({ tables }: Pick<Watched, 'tables'>, metricName: string, options: MetricOptions): IMetric {
  const dimensionsMap = { [deploymentDimension]: tables.directory.tableName };
  return new Metric({ namespace, metricName, dimensionsMap, period, statistic: Stats.SUM, ...options });
}
