import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';

/** The names of the two tables. */
export interface TableNames {
  readonly directory: string;
  readonly memberships: string;
}

/** The input of CreateTable for the two tables (`lib/table-constructs.ts` deploys the same). */
export function tableDefinitions({ directory, memberships }: TableNames): readonly CreateTableCommandInput[] {
  return [
    define(directory, ['pk', 'sk'], 'modified', ['modifiedShard', 'modified']),
    define(memberships, ['group', 'member'], 'inverse', ['member', 'group']),
  ];
}

type KeyNames = readonly [partition: string, sort: string];

function define(TableName: string, key: KeyNames, IndexName: string, indexKey: KeyNames): CreateTableCommandInput {
  return {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: keySchema(key),
    AttributeDefinitions: [...new Set([...key, ...indexKey])].map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S',
    })),
    GlobalSecondaryIndexes: [
      { IndexName, KeySchema: keySchema(indexKey), Projection: { ProjectionType: 'KEYS_ONLY' } },
    ],
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
  };
}

const keySchema = ([partition, sort]: KeyNames): CreateTableCommandInput['KeySchema'] => [
  { AttributeName: partition, KeyType: 'HASH' },
  { AttributeName: sort, KeyType: 'RANGE' },
];
