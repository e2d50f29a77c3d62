import { Duration } from 'aws-cdk-lib';
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  Stats,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { byFunction, ofAllFunctions, ofDeployment } from './request-metrics';
import { keptRecords } from './streams';
import { ofTablesAndIndexes } from './table-metrics';
import type { Watched } from './watched';

const period = Duration.minutes(5);

/** A dashboard of the endpoint: alarms, API, requests, functions, tables, changes. */
export function addDashboard(scope: Construct, watched: Watched, alarms: readonly Alarm[]): Dashboard {
  const dashboard = new Dashboard(scope, 'Dashboard');
  // A widget of alarms needs at least one.
  if (alarms.length > 0)
    dashboard.addWidgets(new AlarmStatusWidget({ title: 'Alarms', width: 24, height: 3, alarms: [...alarms] }));
  dashboard.addWidgets(...apiWidgets(watched));
  dashboard.addWidgets(...requestWidgets(watched));
  dashboard.addWidgets(...functionWidgets(watched));
  dashboard.addWidgets(...dataWidgets(watched));
  return dashboard;
}

function apiWidgets({ restApi }: Watched): IWidget[] {
  return [
    graph('Requests', [restApi.metricCount({ period, label: 'requests' })]),
    graph('Refused and failed', [
      restApi.metricClientError({ period, label: '4xx' }),
      restApi.metricServerError({ period, label: '5xx' }),
    ]),
    graph('Latency (ms)', [
      restApi.metricLatency({ period, statistic: Stats.p(50), label: 'median' }),
      restApi.metricLatency({ period, statistic: Stats.p(99), label: 'p99' }),
    ]),
  ];
}

/** Metrics that the functions publish about requests. */
function requestWidgets(watched: Watched): IWidget[] {
  return [
    graph('Answered requests', byFunction(watched, 'Requests'), 6),
    graph(
      'Errors by kind',
      [
        ofAllFunctions(watched, 'ClientErrors', '4xx'),
        ofAllFunctions(watched, 'Throttled', 'of them 429'),
        ofAllFunctions(watched, 'ServerErrors', '5xx'),
        ofDeployment(watched, 'NotImplemented', { label: '501' }),
        ofDeployment(watched, 'Paused', { label: '503 of paused tenants and unreachable issuers' }),
        ofDeployment(watched, 'Held', { label: '429 of the brake' }),
      ],
      6,
    ),
    graph(
      'Latency in the function (ms)',
      [
        ...byFunction(watched, 'Latency', { statistic: Stats.p(50), label: 'median' }),
        ...byFunction(watched, 'Latency', { statistic: Stats.p(99), label: 'p99' }),
      ],
      6,
    ),
    graph(
      'Consumed by requests',
      [
        ofDeployment(watched, 'ReadUnits', { label: 'units read' }),
        ofDeployment(watched, 'WriteUnits', { label: 'units written' }),
        ofDeployment(watched, 'Conflicts', { label: 'transactions in conflict' }),
      ],
      6,
    ),
  ];
}

function functionWidgets({ functions }: Watched): IWidget[] {
  const each = (metric: (name: string, lambda: Watched['functions']['users']['lambda']) => IMetric): IMetric[] =>
    Object.entries(functions).map(([name, { lambda }]) => metric(name, lambda));
  return [
    graph(
      'Duration p99 (ms)',
      each((label, lambda) => lambda.metricDuration({ period, statistic: Stats.p(99), label })),
    ),
    graph(
      'Crashes and time-outs',
      // The authorizer returns 401 by throwing an error.
      each((name, lambda) =>
        lambda.metricErrors({ period, label: name === 'authorizer' ? 'authorizer, with each 401' : name }),
      ),
    ),
    graph(
      'Throttled invocations',
      each((label, lambda) => lambda.metricThrottles({ period, label })),
    ),
  ];
}

function dataWidgets({ tables, functions, streams, failedSweeps }: Watched): IWidget[] {
  return [
    graph('Capacity units', [
      ...ofTablesAndIndexes(tables, 'ConsumedReadCapacityUnits', 'read'),
      ...ofTablesAndIndexes(tables, 'ConsumedWriteCapacityUnits', 'written'),
    ]),
    graph('Throttled by DynamoDB', [
      ...ofTablesAndIndexes(tables, 'ReadThrottleEvents', 'reads'),
      ...ofTablesAndIndexes(tables, 'WriteThrottleEvents', 'writes'),
    ]),
    graph('Sweeping and events', [
      functions.changes.lambda.metric('IteratorAge', { period, statistic: Stats.MAXIMUM, label: 'behind (ms)' }),
      ...keptRecords(streams),
      failedSweeps.metricApproximateNumberOfMessagesVisible({ period, label: 'failed sweeps' }),
    ]),
  ];
}

/** A row has four widgets of width 6 or three of the default width. */
function graph(title: string, left: IMetric[], width = 8): GraphWidget {
  return new GraphWidget({ title, left, width, height: 6, leftYAxis: { min: 0 } });
}
