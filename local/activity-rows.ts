import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { ActivityRow } from '../lambda/activity/row';
import { toRow } from '../lambda/store/activity-item';
import type { Service } from './aws-requests';

type Item = Record<string, AttributeValue>;

interface Put {
  readonly TableName?: string;
  readonly Item?: Item;
  readonly TransactItems?: readonly { readonly Put?: { readonly TableName: string; readonly Item: Item } }[];
  readonly RequestItems?: Readonly<Record<string, readonly { readonly PutRequest?: { readonly Item: Item } }[]>>;
}

/** Passes calls on to DynamoDB, and tells the rows that they put into the table of activity. */
export function followRows(dynamo: Service, table: string, tell: (row: ActivityRow) => void): Service {
  return {
    async call(target, body) {
      const reply = await dynamo.call(target, body);
      if (reply.status === 200) for (const item of putItems(body as Put, table)) tell(toRow(unmarshall(item)));
      return reply;
    },
  };
}

function putItems({ TableName, Item, TransactItems = [], RequestItems = {} }: Put, table: string): readonly Item[] {
  const single = TableName === table && Item ? [Item] : [];
  const batch = (RequestItems[table] ?? []).flatMap(({ PutRequest }) => (PutRequest ? [PutRequest.Item] : []));
  // With the row of a read goes a mark, which is no row.
  const transaction = TransactItems.flatMap(({ Put }) => (Put?.TableName === table && Put.Item.kind ? [Put.Item] : []));
  return [...single, ...batch, ...transaction];
}
