import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { EventSourceMapping, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { functionRow } from '../deployment/functions';
import { followStreams, type Streams } from './streams';
import type { Tables, TablesProps } from './tables';

/** Longer than any request can run, so that the second sweep sees what every request did. */
const sweepDelay = Duration.seconds(60);

/**
 * What happens after the answer: the function `changes` follows the streams of both tables. It deletes the memberships
 * of what was deleted, once more after a minute, through a queue; and it puts events of changes on the bus. What it
 * cannot handle is kept: records of the streams with their contents in a bucket, messages in a second queue.
 */
export class Sweeping extends Construct {
  /** Second sweeps to come. */
  readonly sweeps: Queue;
  readonly sweepDelay = sweepDelay;
  /** Messages that failed again and again. */
  readonly failedSweeps: Queue;
  /** Records of the streams that failed again and again. */
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
      // Lambda's own advice: six times the function's timeout, so that a message is not handed out twice.
      visibilityTimeout: Duration.seconds(6 * functionRow('changes').timeout),
      deadLetterQueue: { queue: this.failedSweeps, maxReceiveCount: 5 },
    });
    this.failedRecords = makeBucket(this, props);
  }

  /** Lets the function `changes` follow the streams and the queue. */
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
    // The records hold personal data: long enough to mend and replay, no longer.
    lifecycleRules: [{ expiration: Duration.days(90), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    removalPolicy: removalPolicy ?? RemovalPolicy.RETAIN,
  });
}
