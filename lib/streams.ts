import { Duration } from 'aws-cdk-lib';
import { type IMetric, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import {
  EventSourceMapping,
  FilterCriteria,
  FilterRule,
  type Function as LambdaFunction,
  MetricType,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Tables } from './tables';

type Filter = ReturnType<typeof FilterCriteria.filter>;

const exists = { S: FilterRule.exists() };

/** Only a resource has a `modifiedShard`, only the mark of an unfinished creation `creating`: nothing else wakes anybody. */
const resources: readonly Filter[] = [
  FilterCriteria.filter({
    eventName: FilterRule.or('INSERT', 'MODIFY'),
    dynamodb: { NewImage: { modifiedShard: exists } },
  }),
  FilterCriteria.filter({ eventName: FilterRule.isEqual('REMOVE'), dynamodb: { OldImage: { modifiedShard: exists } } }),
  FilterCriteria.filter({ eventName: FilterRule.isEqual('INSERT'), dynamodb: { NewImage: { creating: exists } } }),
];

const memberships: readonly Filter[] = [FilterCriteria.filter({ eventName: FilterRule.or('INSERT', 'REMOVE') })];

/** What follows the streams of both tables. */
export interface Streams {
  readonly directory: EventSourceMapping;
  readonly memberships: EventSourceMapping;
}

/** Lets a function follow the streams of both tables. Records that fail again and again go to the bucket, whole. */
export function followStreams(
  scope: Construct,
  tables: Tables,
  target: LambdaFunction,
  failedRecords: Bucket,
): Streams {
  const follow = (id: string, eventSourceArn: string, batchSize: number, filters: readonly Filter[]) =>
    new EventSourceMapping(scope, id, {
      target,
      eventSourceArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize,
      maxBatchingWindow: Duration.seconds(1),
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: 10,
      filters: [...filters],
      onFailure: { bind: () => ({ destination: failedRecords.bucketArn }) },
      supportS3OnFailureDestination: true,
      metricsConfig: { metrics: [MetricType.EVENT_COUNT] },
    });
  return {
    directory: follow('Stream', tables.directoryStreamArn, 100, resources),
    // Members of one batch share events: the more at a time, the fewer events of a large group.
    memberships: follow('MembershipsStream', tables.membershipsStreamArn, 1000, memberships),
  };
}

/** How many records of each stream were put into the bucket, one metric a stream. */
export function keptRecords(streams: Streams): IMetric[] {
  return Object.entries(streams).map(
    ([name, { eventSourceMappingId }]: [string, EventSourceMapping]) =>
      new Metric({
        namespace: 'AWS/Lambda',
        metricName: 'OnFailureDestinationDeliveredEventCount',
        dimensionsMap: { EventSourceMappingUUID: eventSourceMappingId },
        period: Duration.minutes(5),
        statistic: Stats.SUM,
        label: `failed ${name} records`,
      }),
  );
}
