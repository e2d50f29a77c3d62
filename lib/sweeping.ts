import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { putEvents } from './event-bus';
import { type FunctionsProps, ScimFunction } from './functions';
import { followChanges } from './permissions';
import { followStreams, readStreams, type Streams } from './streams';
import type { Tables, TablesProps } from './tables';

/** Longer than any request can run, so that the second sweep sees what every request did. */
const sweepDelay = Duration.seconds(60);

/** Deleting the 100,000 memberships of a large group takes seconds; the rest is for throttled writes. */
const timeout = Duration.minutes(5);

export interface SweepingProps extends TablesProps, FunctionsProps {
  readonly tables: Tables;
  readonly eventBus: Pick<IEventBus, 'eventBusArn'>;
  readonly eventValues?: boolean;
}

/**
 * What happens after the answer: the function `changes` follows the streams of both tables. It deletes the memberships
 * of what was deleted, once more after a minute, through a queue; and it puts events of changes on the bus. What it
 * cannot handle is kept: records of the streams with their contents in a bucket, messages in a second queue.
 */
export class Sweeping extends Construct {
  readonly changes: ScimFunction;
  readonly streams: Streams;
  /** Messages that failed again and again. */
  readonly failedSweeps: Queue;
  /** Records of the streams that failed again and again. */
  readonly failedRecords: Bucket;

  constructor(scope: Construct, id: string, props: SweepingProps) {
    super(scope, id);
    const { tables, eventBus, encryptionKey } = props;
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
      description: 'SCIM: sweeps what deleted users and groups leave, and publishes changes',
      timeout,
      environment: {
        ...tables.environment,
        SWEEP_QUEUE_URL: queue.queueUrl,
        SWEEP_DELAY_SECONDS: String(sweepDelay.toSeconds()),
        // A bus of another account is known by its ARN only.
        EVENT_BUS_NAME: eventBus.eventBusArn,
        EVENT_VALUES: String(props.eventValues ?? false),
      },
      statements: [
        ...followChanges(tables),
        ...readStreams(tables, this.failedRecords),
        ...useQueue(queue, encryptionKey),
        ...putEvents(eventBus),
      ],
    });
    this.streams = followStreams(this, tables, this.changes.lambda, this.failedRecords);
    new EventSourceMapping(this, 'SecondSweeps', {
      target: this.changes.lambda,
      eventSourceArn: queue.queueArn,
      batchSize: 10,
      reportBatchItemFailures: true,
    });
  }
}

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
