import type { Duration } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Tables } from './table-constructs';

/** Resources that functions use; created before the functions. */
export interface Resources {
  readonly tables: Tables;
  /** The ARN of the secrets of all credentials. */
  readonly credentialSecrets: string;
  readonly secretPrefix: string;
  readonly secretCacheTtl: Duration;
  /** The hosts from which keys of issuers are fetched. */
  readonly federationHosts: readonly string[];
  /** The API key of tenants that have none of their own. */
  readonly sharedApiKey: string;
  /** A customer managed key for the secrets. */
  readonly encryptionKey: IKey | undefined;
  readonly sweeps: Queue;
  readonly sweepDelay: Duration;
  readonly failedRecords: Bucket;
  readonly eventBus: Pick<IEventBus, 'eventBusArn'>;
  readonly eventValues: boolean;
  /** For how many days deleted resources are kept whole. */
  readonly retentionDays: number;
  /** For how many days activity is kept. */
  readonly activityDays: number;
  /** The longest that an API token may live, in days. */
  readonly maxTokenDays: number;
  /** The log of the authorizer, for the functions that are made after it. */
  readonly authorizerLog?: Pick<ILogGroup, 'logGroupArn' | 'logGroupName'>;
}

/** The statements of a permission, and the environment variables that go with it. */
export interface Granted {
  readonly statements: readonly PolicyStatement[];
  readonly environment: Readonly<Record<string, string>>;
}
