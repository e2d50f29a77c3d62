import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { EventSourceMapping, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { functionRow } from '../deployment/functions';
import { sweepDelaySeconds } from '../deployment/sweep-delay';
import { followStreams, type Streams } from './streams';
import type { Tables, TablesProps } from './table-constructs';

/**
 * Work after the response: the function `changes` reads the streams of both tables. It deletes the memberships of deleted
 * resources, and again after a minute, through a queue. It publishes events on the bus. What it cannot handle is stored:
 * complete stream records in a bucket, messages in a second queue.
 */
export class Sweeping extends Construct {
  /** Queue of second sweeps. */
  readonly sweeps: Queue;
  readonly sweepDelay = Duration.seconds(sweepDelaySeconds);
  /** Messages that kept failing. */
  readonly failedSweeps: Queue;
  /** Stream records that kept failing. */
  readonly failedRecords: Bucket;

  constructor(scope: Construct, id: string, props: TablesProps) {
    super(scope, id);
    const { encryptionKey } = props;
    this.failedSweeps = new Queue(this, 'FailedSweeps', {
      ...queueProps(encryptionKey),
      retentionPeriod: Duration.days(14),
    });
    this.sweeps = new Queue(this, 'Sweeps', {
      ...queueProps(encryptionKey),
      // Six times the function's timeout, as AWS recommends, so that a message is not delivered twice.
      visibilityTimeout: Duration.seconds(6 * functionRow('changes').timeout),
      deadLetterQueue: { queue: this.failedSweeps, maxReceiveCount: 5 },
    });
    this.failedRecords = makeBucket(this, props);
  }

  /** Adds the streams and the queue as event sources of the function `changes`. */
  follow(tables: Tables, changes: LambdaFunction): Streams {
    const streams = followStreams(this, tables, changes, this.failedRecords);
    new EventSourceMapping(this, 'SecondSweeps', {
      target: changes,
      eventSourceArn: this.sweeps.queueArn,
      batchSize: 10,
      reportBatchItemFailures: true,
    });
    return streams;
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

function makeBucket(scope: Construct, { encryptionKey, removalPolicy }: TablesProps): Bucket {
  return new Bucket(scope, 'FailedRecords', {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    ...(encryptionKey
      ? { encryption: BucketEncryption.KMS, encryptionKey, bucketKeyEnabled: true }
      : { encryption: BucketEncryption.S3_MANAGED }),
    // The records contain personal data: kept long enough to fix the cause and process them again, not longer.
    lifecycleRules: [{ expiration: Duration.days(90), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    removalPolicy: removalPolicy ?? RemovalPolicy.RETAIN,
  });
}
