import { RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import {
  AttributeType,
  Billing,
  type ITableV2,
  ProjectionType,
  StreamViewType,
  TableEncryptionV2,
  type TablePropsV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { expiryAttribute } from '../deployment/tables';
import { type ActivityProps, makeActivityTable, readActivityDays } from './activity-table';

/** Options for the data. */
export interface TablesProps extends ActivityProps {
  /**
   * The key for everything that can contain personal data or secrets: tables, queues, failed records, log groups,
   * environments of functions, the event bus, the secrets of credentials. A key of the same app gets a policy for CloudWatch Logs
   * and EventBridge; the policy of an imported key must have it (`docs/encryption-key.md`). A bus or table that you pass in
   * keeps its own key.
   *
   * @default - keys that AWS owns, without charge; for secrets the account's key `aws/secretsmanager`
   */
  readonly encryptionKey?: IKey;

  /**
   * Whether the tables are protected against deletion.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;

  /**
   * What happens to tables, logs and failed records when the endpoint is removed from the stack. `DESTROY` also needs
   * `deletionProtection: false`.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * A directory table to use instead of a new one: from a restore or from a removed stack. It needs the index `modified`,
   * a stream of new and old images, and the time to live attribute `expires`.
   *
   * @default - a new table
   */
  readonly directoryTable?: ITableV2 | TableV2;

  /**
   * A memberships table to use instead of a new one. It needs the index `inverse` and a stream of new and old images.
   *
   * @default - a new table
   */
  readonly membershipsTable?: ITableV2 | TableV2;
}

/** The index of resources by time of change. */
export const modifiedIndex = 'modified';

/** The index from a member to its groups. */
export const inverseIndex = 'inverse';

/** The two tables of the directory, new ones or those passed in, and the table of activity. */
export class Tables extends Construct {
  readonly directory: ITableV2 | TableV2;
  readonly memberships: ITableV2 | TableV2;
  /** Absent if no activity is kept. */
  readonly activity: TableV2 | undefined;
  readonly directoryStreamArn: string;
  readonly membershipsStreamArn: string;
  /** Environment variables with the names of the tables. */
  readonly environment: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: TablesProps) {
    super(scope, id);
    refuseHalf(props);
    if (!props.directoryTable) refuseKeyWithoutRegion(props, Stack.of(this).region);
    const common = commonProps(props);
    this.directory =
      props.directoryTable ??
      new TableV2(this, 'Directory', {
        ...common,
        partitionKey: { name: 'pk', type: AttributeType.STRING },
        sortKey: { name: 'sk', type: AttributeType.STRING },
        timeToLiveAttribute: expiryAttribute,
        globalSecondaryIndexes: [
          {
            indexName: modifiedIndex,
            partitionKey: { name: 'modifiedShard', type: AttributeType.STRING },
            sortKey: { name: 'modifiedPeriod', type: AttributeType.STRING },
            projectionType: ProjectionType.KEYS_ONLY,
          },
        ],
      });
    this.memberships =
      props.membershipsTable ??
      new TableV2(this, 'Memberships', {
        ...common,
        partitionKey: { name: 'group', type: AttributeType.STRING },
        sortKey: { name: 'member', type: AttributeType.STRING },
        globalSecondaryIndexes: [
          {
            indexName: inverseIndex,
            partitionKey: { name: 'member', type: AttributeType.STRING },
            sortKey: { name: 'group', type: AttributeType.STRING },
            projectionType: ProjectionType.KEYS_ONLY,
          },
        ],
      });
    this.activity = readActivityDays(props) > 0 ? makeActivityTable(this, dataProps(props)) : undefined;
    this.directoryStreamArn = streamArn('directoryTable', this.directory);
    this.membershipsStreamArn = streamArn('membershipsTable', this.memberships);
    this.environment = {
      DIRECTORY_TABLE: this.directory.tableName,
      MEMBERSHIPS_TABLE: this.memberships.tableName,
    };
  }
}

function refuseHalf({ directoryTable, membershipsTable, deletionProtection, removalPolicy }: TablesProps): void {
  if ((directoryTable === undefined) !== (membershipsTable === undefined)) {
    const missing = directoryTable ? 'membershipsTable' : 'directoryTable';
    throw new Error(
      `${missing} is missing: the two tables belong together, so pass in both tables of one directory, or neither to create new ones.`,
    );
  }
  if (removalPolicy === RemovalPolicy.DESTROY && deletionProtection !== false) {
    throw new Error(
      'removalPolicy is DESTROY but deletionProtection is on, so removing the stack would fail: set deletionProtection ' +
        'to false too, if the data really may go.',
    );
  }
}

/** A table names its key by region, so the CDK must know the region. */
function refuseKeyWithoutRegion({ encryptionKey }: TablesProps, region: string): void {
  if (!encryptionKey || !Token.isUnresolved(region)) return;
  throw new Error(
    'encryptionKey needs a stack with a known region: set `env: { region }` for the stack, or AWS_REGION, or use ' +
      'credentials with a region where you run the CDK.',
  );
}

function commonProps(props: TablesProps): Omit<TablePropsV2, 'partitionKey'> {
  return {
    ...dataProps(props),
    dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
  };
}

/** What all tables have in common. */
function dataProps(props: TablesProps) {
  return {
    billing: Billing.onDemand(),
    deletionProtection: props.deletionProtection ?? true,
    removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
    encryption: props.encryptionKey
      ? TableEncryptionV2.customerManagedKey(props.encryptionKey)
      : TableEncryptionV2.dynamoOwnedKey(),
  };
}

function streamArn(name: keyof TablesProps, { tableStreamArn }: ITableV2 | TableV2): string {
  if (tableStreamArn !== undefined) return tableStreamArn;
  throw new Error(
    `${name} has no stream: enable one of NEW_AND_OLD_IMAGES and import the table by TableV2.fromTableAttributes with its ` +
      'tableStreamArn, or what deleted resources leave would never be swept and changes never be published.',
  );
}
