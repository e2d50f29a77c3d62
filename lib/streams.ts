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
import type { Tables } from './table-constructs';

type Filter = ReturnType<typeof FilterCriteria.filter>;

const exists = { S: FilterRule.exists() };
const number = { N: FilterRule.exists() };

/**
 * Only resources have a `modifiedShard`, only marks of unfinished creations have `creating`, and only counters of the brake
 * and events of the portal are `held`; other records do not invoke.
 */
const resources: readonly Filter[] = [
  FilterCriteria.filter({
    eventName: FilterRule.or('INSERT', 'MODIFY'),
    dynamodb: { NewImage: { modifiedShard: exists } },
  }),
  FilterCriteria.filter({ eventName: FilterRule.isEqual('REMOVE'), dynamodb: { OldImage: { modifiedShard: exists } } }),
  FilterCriteria.filter({ eventName: FilterRule.isEqual('INSERT'), dynamodb: { NewImage: { creating: exists } } }),
  FilterCriteria.filter({ dynamodb: { NewImage: { held: number } } }),
  FilterCriteria.filter({ dynamodb: { OldImage: { held: number } } }),
];

const memberships: readonly Filter[] = [FilterCriteria.filter({ eventName: FilterRule.or('INSERT', 'REMOVE') })];

/** The event source mappings of both streams. */
export interface Streams {
  readonly directory: EventSourceMapping;
  readonly memberships: EventSourceMapping;
}

/** Adds the streams of both tables as event sources. Records that keep failing go to the bucket, complete. */
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
    // Members in one batch share events: larger batches mean fewer events for a large group.
    memberships: follow('MembershipsStream', tables.membershipsStreamArn, 1000, memberships),
  };
}

/** The number of records of each stream that were written to the bucket: one metric per stream. */
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
