import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { activityIndexes } from '../deployment/tables';

/** The names of the tables. */
export interface TableNames {
  readonly directory: string;
  readonly memberships: string;
  readonly activity: string;
}

/** The input of CreateTable for the tables (`lib/table-constructs.ts` and `lib/activity.ts` deploy the same). */
export function tableDefinitions({ directory, memberships, activity }: TableNames): readonly CreateTableCommandInput[] {
  return [
    { ...define(directory, ['pk', 'sk'], [['modified', ['modifiedShard', 'modifiedPeriod'], 'KEYS_ONLY']]), ...stream },
    { ...define(memberships, ['group', 'member'], [['inverse', ['member', 'group'], 'KEYS_ONLY']]), ...stream },
    define(
      activity,
      ['pk', 'sk'],
      Object.entries(activityIndexes).map(([name, partition]) => [name, [partition, 'sk'], 'ALL']),
    ),
  ];
}

type KeyNames = readonly [partition: string, sort: string];
type IndexDefinition = readonly [name: string, key: KeyNames, projection: 'KEYS_ONLY' | 'ALL'];

const stream: Partial<CreateTableCommandInput> = {
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
};

function define(TableName: string, key: KeyNames, indexes: readonly IndexDefinition[]): CreateTableCommandInput {
  return {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: keySchema(key),
    AttributeDefinitions: [...new Set([...key, ...indexes.flatMap(([, names]) => names)])].map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S',
    })),
    GlobalSecondaryIndexes: indexes.map(([IndexName, indexKey, ProjectionType]) => ({
      IndexName,
      KeySchema: keySchema(indexKey),
      Projection: { ProjectionType },
    })),
  };
}

const keySchema = ([partition, sort]: KeyNames): CreateTableCommandInput['KeySchema'] => [
  { AttributeName: partition, KeyType: 'HASH' },
  { AttributeName: sort, KeyType: 'RANGE' },
];
