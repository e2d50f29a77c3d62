import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { EventSourceMapping, FilterCriteria, FilterRule, MetricType, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { type FunctionsProps, ScimFunction } from './functions';
import { sweepDirectory } from './permissions';
import type { Tables, TablesProps } from './tables';

/** Longer than any request can run, so that the second sweep sees what every request did. */
const sweepDelay = Duration.seconds(60);

/** Deleting the 100,000 memberships of a large group takes seconds; the rest is for throttled writes. */
const timeout = Duration.minutes(5);

export interface SweepingProps extends TablesProps, FunctionsProps {
  readonly tables: Tables;
}

/**
 * What happens after the answer: the function `changes` follows the directory's stream and deletes the memberships of
 * what was deleted; once more after a minute, through a queue. What it cannot handle is kept: records of the stream
 * with their contents in a bucket, messages in a second queue.
 */
export class Sweeping extends Construct {
  readonly changes: ScimFunction;
  readonly stream: EventSourceMapping;
  /** Messages that failed again and again. */
  readonly failedSweeps: Queue;
  /** Records of the stream that failed again and again. */
  readonly failedRecords: Bucket;

  constructor(scope: Construct, id: string, props: SweepingProps) {
    super(scope, id);
    const { tables, encryptionKey } = props;
    this.failedSweeps = new Queue(this, 'FailedSweeps', {
      ...queueProps(encryptionKey),
      retentionPeriod: Duration.days(14),
    });
    const queue = new Queue(this, 'Sweeps', {
      ...queueProps(encryptionKey),
      // Lambda's own advice: six times the function's timeout, so that a message is not handed out twice.
      visibilityTimeout: Duration.seconds(6 * timeout.toSeconds()),
      deadLetterQueue: { queue: this.failedSweeps, maxReceiveCount: 5 },
    });
    this.failedRecords = makeBucket(this, props);
    this.changes = new ScimFunction(this, 'Changes', {
      ...props,
      name: 'changes',
      description: 'SCIM: sweeps what deleted users and groups leave',
      timeout,
      environment: {
        DIRECTORY_TABLE: tables.directory.tableName,
        MEMBERSHIPS_TABLE: tables.memberships.tableName,
        SWEEP_QUEUE_URL: queue.queueUrl,
        SWEEP_DELAY_SECONDS: String(sweepDelay.toSeconds()),
      },
      statements: [
        ...sweepDirectory(tables),
        ...followStream(tables.streamArn),
        ...useQueue(queue, encryptionKey),
        ...keepRecords(this.failedRecords),
      ],
    });
    const target = this.changes.lambda;
    this.stream = new EventSourceMapping(this, 'Stream', {
      target,
      eventSourceArn: tables.streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      maxBatchingWindow: Duration.seconds(1),
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: 10,
      filters: [deletedResources],
      onFailure: { bind: () => ({ destination: this.failedRecords.bucketArn }) },
      supportS3OnFailureDestination: true,
      metricsConfig: { metrics: [MetricType.EVENT_COUNT] },
    });
    new EventSourceMapping(this, 'SecondSweeps', {
      target,
      eventSourceArn: queue.queueArn,
      batchSize: 10,
      reportBatchItemFailures: true,
    });
  }
}

/** Of all items only a resource has a `modifiedShard`: claims, counts and memberships wake nobody. */
const deletedResources = FilterCriteria.filter({
  eventName: FilterRule.isEqual('REMOVE'),
  dynamodb: { OldImage: { modifiedShard: { S: FilterRule.exists() } } },
});

function queueProps(encryptionKey: IKey | undefined): QueueProps {
  return {
    enforceSSL: true,
    ...(encryptionKey
      ? { encryption: QueueEncryption.KMS, encryptionMasterKey: encryptionKey }
      : { encryption: QueueEncryption.SQS_MANAGED }),
  };
}

function makeBucket(scope: Construct, { encryptionKey, removalPolicy }: SweepingProps): Bucket {
  return new Bucket(scope, 'FailedRecords', {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    ...(encryptionKey
      ? { encryption: BucketEncryption.KMS, encryptionKey, bucketKeyEnabled: true }
      : { encryption: BucketEncryption.S3_MANAGED }),
    // The records hold personal data: long enough to mend and replay, no longer.
    lifecycleRules: [{ expiration: Duration.days(90), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    removalPolicy: removalPolicy ?? RemovalPolicy.RETAIN,
  });
}

function followStream(streamArn: string): PolicyStatement[] {
  return [
    new PolicyStatement({
      actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
      resources: [streamArn],
    }),
    // Lambda asks for it before it follows any stream; the action knows no resource.
    new PolicyStatement({ actions: ['dynamodb:ListStreams'], resources: ['*'] }),
  ];
}

function useQueue(queue: Queue, encryptionKey: IKey | undefined): PolicyStatement[] {
  return [
    new PolicyStatement({
      actions: ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage', 'sqs:SendMessage'],
      resources: [queue.queueArn],
    }),
    ...(encryptionKey
      ? [new PolicyStatement({ actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [encryptionKey.keyArn] })]
      : []),
  ];
}

/** Writing failed records, after the look that Lambda takes at the bucket first. */
function keepRecords(bucket: Bucket): PolicyStatement[] {
  return [
    new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }),
    new PolicyStatement({ actions: ['s3:PutObject'], resources: [bucket.arnForObjects('*')] }),
  ];
}
