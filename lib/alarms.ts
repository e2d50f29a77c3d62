import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, type IMetric, MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { gatewayFunctions, openFunctions } from '../deployment/functions';
import { byFunction, ofDeployment } from './request-metrics';
import { keptRecords } from './streams';
import { ofTablesAndIndexes } from './table-metrics';
import type { Watched } from './watched';

/** One alarm: its description, its metric, and when it fires. */
export interface AlarmDefinition {
  readonly id: string;
  /** The page in `docs/alarms/` that says what to do. */
  readonly page: string;
  readonly what: string;
  readonly metric: (watched: Watched) => IMetric;
  readonly threshold: number;
  /** Number of consecutive periods. */
  readonly periods: number;
  /** @default GREATER_THAN_OR_EQUAL_TO_THRESHOLD */
  readonly comparison?: ComparisonOperator;
}

const period = Duration.minutes(5);

/** Every alarm of an endpoint. */
export const alarms: readonly AlarmDefinition[] = [
  {
    id: 'ServerErrors',
    page: 'server-errors',
    what: 'Clients got 5 or more 5xx responses in 5 minutes. 501 and a pause do not count; each operation of a bulk request does.',
    metric: (watched) => {
      const all = watched.restApi.metricServerError({ period, statistic: Stats.SUM });
      const notImplemented = ofDeployment(watched, 'NotImplemented', { label: 'of them 501' });
      const paused = ofDeployment(watched, 'Paused', { label: 'of them 503 of paused tenants' });
      const failedOperations = ofDeployment(watched, 'FailedOperations', { label: 'in bulk requests' });
      return new MathExpression({
        expression: 'SUM([all, 0 - FILL(notImplemented, 0), 0 - FILL(paused, 0), FILL(failedOperations, 0)])',
        usingMetrics: { all, notImplemented, paused, failedOperations },
        period,
        label: '5xx except 501 and pauses, with bulk operations',
      });
    },
    threshold: 5,
    periods: 1,
  },
  {
    id: 'SlowAnswers',
    page: 'slow-answers',
    what: 'One response in a hundred took 2 seconds or more, for 15 minutes.',
    metric: ({ restApi }) => restApi.metricLatency({ period, statistic: Stats.p(99) }),
    threshold: 2000,
    periods: 3,
  },
  {
    id: 'ThrottledFunctions',
    page: 'throttled-functions',
    what: 'Lambda refused to run a function, and clients got 5xx responses.',
    metric: ({ functions }) =>
      sum(gatewayFunctions.flatMap((name) => functions[name]?.lambda.metricThrottles({ period }) ?? [])),
    threshold: 1,
    periods: 1,
  },
  {
    id: 'ThrottledRequests',
    page: 'throttled-requests',
    what: 'Clients got 100 or more 429 answers in 5 minutes; without an access log, those of functions only. What the brake holds does not count.',
    // Anybody can have the open routes answer with 429.
    metric: (watched) => {
      if (!watched.throttled) return sum(byFunction(watched, 'Throttled', {}, openFunctions));
      const held = ofDeployment(watched, 'Held', { label: 'of them held by the brake' });
      return new MathExpression({
        expression: 'SUM([all, 0 - FILL(held, 0)])',
        usingMetrics: { all: watched.throttled, held },
        period,
        label: '429 except what the brake holds',
      });
    },
    threshold: 100,
    periods: 1,
  },
  {
    id: 'RefusedCredentials',
    page: 'refused-credentials',
    what: 'Somebody uses a token or client secret that has expired, or one of a disabled tenant.',
    metric: (watched) => ofDeployment(watched, 'RefusedCredentials', {}),
    threshold: 1,
    periods: 1,
  },
  {
    id: 'ThrottledTables',
    page: 'throttled-tables',
    what: 'DynamoDB refused 10 or more reads or writes of tables or indexes in 5 minutes.',
    metric: ({ tables }) =>
      sum(['ReadThrottleEvents', 'WriteThrottleEvents'].flatMap((name) => ofTablesAndIndexes(tables, name))),
    threshold: 10,
    periods: 1,
  },
  {
    id: 'FailedFunctions',
    page: 'failed-functions',
    what: 'Functions crashed or timed out 5 or more times in 5 minutes.',
    // The authorizer can return 401 only by throwing an error, so anybody could trigger the alarm. When it really fails, the
    // client gets 500, and ServerErrors fires.
    metric: ({ functions: { authorizer: _authorizer, ...others } }) =>
      sum(Object.values(others).map(({ lambda }) => lambda.metricErrors({ period }))),
    threshold: 5,
    periods: 1,
  },
  {
    id: 'LateChanges',
    page: 'late-changes',
    what: 'Sweeps and events have been 5 minutes or more late for 15 minutes.',
    metric: ({ functions }) => functions.changes.lambda.metric('IteratorAge', { period, statistic: Stats.MAXIMUM }),
    threshold: Duration.minutes(5).toMilliseconds(),
    periods: 3,
  },
  {
    id: 'FailedRecords',
    page: 'failed-records',
    what: 'Changes could not be swept or published and were put into the bucket of failed records.',
    metric: ({ functions, streams }) =>
      sum([
        ...keptRecords(streams),
        // Records that could not be written to the bucket.
        functions.changes.lambda.metric('DestinationDeliveryFailures', { period, statistic: Stats.SUM }),
      ]),
    threshold: 1,
    periods: 1,
  },
  {
    id: 'UnrecordedActivity',
    page: 'unrecorded-activity',
    what: 'Rows of activity about 10 or more failed requests or reads in 5 minutes were not written in time.',
    metric: (watched) => ofDeployment(watched, 'UnrecordedActivity', { label: 'rows of activity' }),
    threshold: 10,
    periods: 1,
  },
  {
    id: 'FailedSweeps',
    page: 'failed-sweeps',
    what: 'Second sweeps failed five times and are in the queue of failed sweeps.',
    metric: ({ failedSweeps }) =>
      failedSweeps.metricApproximateNumberOfMessagesVisible({ period, statistic: Stats.MAXIMUM }),
    threshold: 1,
    periods: 1,
  },
  {
    id: 'MassChanges',
    page: 'mass-changes',
    what: 'A fifth of the users of a tenant (20 to 500) were disabled or deleted within an hour, or many members removed.',
    metric: (watched) => ofDeployment(watched, 'MassChanges', {}),
    threshold: 1,
    periods: 1,
  },
  {
    id: 'TokenExpiry',
    page: 'token-expiry',
    what: 'A token or client secret that is in use ends within 30 days.',
    metric: (watched) =>
      ofDeployment(watched, 'DaysToTokenExpiry', { period: Duration.days(1), statistic: Stats.MINIMUM }),
    threshold: 30,
    periods: 1,
    comparison: ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD,
  },
  {
    id: 'FailedExpiry',
    page: 'failed-expiry',
    what: 'The daily check of when tokens and client secrets end failed.',
    metric: ({ functions }) => functions.expiry.lambda.metricErrors({ period: Duration.hours(1) }),
    threshold: 1,
    periods: 1,
  },
];

/** Adds metrics. A metric that was never published has no value, and with `+` the whole sum would have none. */
function sum(metrics: readonly IMetric[]): IMetric {
  const using = Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric]));
  const filled = Object.keys(using).map((id) => `FILL(${id}, 0)`);
  return new MathExpression({ expression: `SUM([${filled.join(', ')}])`, usingMetrics: using, period, label: 'sum' });
}
