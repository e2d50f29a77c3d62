import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';

/** The names of the two tables. */
export interface TableNames {
  readonly directory: string;
  readonly memberships: string;
}

/** The two tables as the stack makes them: keys, indexes, streams. */
export function tableDefinitions({ directory, memberships }: TableNames): readonly CreateTableCommandInput[] {
  return [
    table(directory, ['pk', 'sk'], 'modified', ['modifiedShard', 'modified']),
    table(memberships, ['group', 'member'], 'inverse', ['member', 'group']),
  ];
}

type Keys = readonly [partition: string, sort: string];

function table(TableName: string, keys: Keys, IndexName: string, indexKeys: Keys): CreateTableCommandInput {
  return {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [...new Set([...keys, ...indexKeys])].map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S',
    })),
    KeySchema: keySchema(keys),
    GlobalSecondaryIndexes: [
      { IndexName, KeySchema: keySchema(indexKeys), Projection: { ProjectionType: 'KEYS_ONLY' } },
    ],
  };
}

function keySchema([partition, sort]: Keys): CreateTableCommandInput['KeySchema'] {
  return [
    { AttributeName: partition, KeyType: 'HASH' },
    { AttributeName: sort, KeyType: 'RANGE' },
  ];
}
