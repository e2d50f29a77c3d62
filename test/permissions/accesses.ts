import { names } from '../../local/environment';

/** An access that IAM allows or denies: an action on a resource, for DynamoDB with the partition keys of its items. */
export interface Access {
  readonly action: string;
  readonly resource: string;
  readonly keys: readonly string[];
}

type Body = Readonly<Record<string, unknown>>;
type Item = Readonly<Record<string, { readonly S?: string }>>;

const tables: Readonly<Record<string, { readonly arn: string; readonly key: string }>> = {
  [names.directoryTable]: { arn: 'TablesDirectory.Arn', key: 'pk' },
  [names.membershipsTable]: { arn: 'TablesMemberships.Arn', key: 'group' },
  [names.activityTable]: { arn: 'TablesActivity.Arn', key: 'pk' },
};

const indexKeys: Readonly<Record<string, string>> = {
  modified: 'modifiedShard',
  inverse: 'member',
  subject: 'subject',
  failures: 'failed',
  requests: 'byRequest',
};

/** Actions on items, by the names of the members of a transaction. */
const transactActions: Readonly<Record<string, string>> = {
  ConditionCheck: 'ConditionCheckItem',
  Delete: 'DeleteItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
};

/** The accesses that a request to AWS needs. Transactions need those of their items. @throws Error for an unknown one */
export function accessesOf(target: string, body: Body): readonly Access[] {
  const [service, operation = ''] = target.split('.');
  const once = (action: string, resource: string): Access[] => [{ action, resource, keys: [] }];
  if (service === 'secretsmanager') {
    const arn = 'arn:AWS::Partition:secretsmanager:AWS::Region:AWS::AccountId:secret';
    const name = String(body.SecretId ?? body.Name).replace(names.secretPrefix, 'serverless-scim/Test/Endpoint');
    return once(`secretsmanager:${operation}`, `${arn}:${name}`);
  }
  if (service === 'Logs_20140328') {
    return once(
      `logs:${operation}`,
      `arn:AWS::Partition:logs:AWS::Region:AWS::AccountId:log-group:${body.logGroupName}:*`,
    );
  }
  if (service === 'AmazonSQS') return once(`sqs:${operation}`, 'SweepingSweeps.Arn');
  if (service === 'AWSEvents') return once(`events:${operation}`, 'Events.Arn');
  return dynamoAccesses(operation, body);
}

function dynamoAccesses(operation: string, body: Body): readonly Access[] {
  const action = `dynamodb:${operation}`;
  if (operation === 'TransactWriteItems') {
    return (body.TransactItems as Record<string, Body>[]).flatMap((member) =>
      Object.entries(member).map(([kind, input]) => itemAccess(`dynamodb:${transactActions[kind]}`, input)),
    );
  }
  if (operation === 'Scan') return [{ action, resource: arnOf(String(body.TableName)), keys: [] }];
  if (operation === 'Query') return [queryAccess(action, body)];
  const batches = body.RequestItems as Record<string, { Keys: Item[] } | Record<string, { Key?: Item; Item?: Item }>[]>;
  if (batches === undefined) return [itemAccess(action, body)];
  return Object.entries(batches).map(([table, batch]) => {
    const items = Array.isArray(batch)
      ? batch.flatMap((request) => Object.values(request).map(({ Key, Item }) => Key ?? Item ?? {}))
      : batch.Keys;
    return { action, resource: arnOf(table), keys: items.map((item) => keyIn(table, item)) };
  });
}

function itemAccess(action: string, { TableName, Key, Item }: Body): Access {
  const table = String(TableName);
  return { action, resource: arnOf(table), keys: [keyIn(table, (Key ?? Item) as Item)] };
}

/** A query names one partition: of its table, or of its index. */
function queryAccess(action: string, body: Body): Access {
  const {
    TableName,
    IndexName,
    KeyConditionExpression,
    ExpressionAttributeNames = {},
    ExpressionAttributeValues,
  } = body;
  const table = String(TableName);
  const key = IndexName === undefined ? tables[table]?.key : indexKeys[String(IndexName)];
  const equations = [...String(KeyConditionExpression).matchAll(/(#?\w+) = (:\w+)/g)];
  const values = equations
    .filter(([, name = '']) => ((ExpressionAttributeNames as Record<string, string>)[name] ?? name) === key)
    .map(([, , value = '']) => (ExpressionAttributeValues as Item)[value]?.S ?? '');
  if (values.length !== 1) throw new Error(`No partition in ${KeyConditionExpression}`);
  return { action, resource: arnOf(table) + (IndexName === undefined ? '' : `/index/${IndexName}`), keys: values };
}

function arnOf(table: string): string {
  const { arn } = tables[table] ?? {};
  if (arn === undefined) throw new Error(`No table ${table}`);
  return arn;
}

function keyIn(table: string, item: Item): string {
  return item[tables[table]?.key ?? '']?.S ?? '';
}
