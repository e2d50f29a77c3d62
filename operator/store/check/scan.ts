import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Item } from '../../../lambda/store/items';
import { call, inParallel, type Tables } from '../../../lambda/store/tables';

/** How many parts of a table are read at once: few enough to leave each partition most of its reads. */
const segments = 4;

/** What of a table is looked at. */
export interface Scan {
  readonly table: string;
  /** The table's partition key, which begins with the tenant. */
  readonly key: 'pk' | 'group';
  /** The only tenant whose items are of interest, if there is only one. */
  readonly tenantId: string | undefined;
}

/**
 * Shows every item of a table once, page by page; eventually consistent, at half the price. DynamoDB reads all tenants'
 * items, whatever is left out of the answer.
 */
export async function scan(
  { client }: Tables,
  { table, key, tenantId }: Scan,
  see: (item: Item) => void,
  onPage: (examined: number) => void,
): Promise<void> {
  const only = tenantId !== undefined && {
    FilterExpression: 'begins_with(#key, :tenant)',
    ExpressionAttributeNames: { '#key': key },
    ExpressionAttributeValues: { ':tenant': `${tenantId}#` },
  };
  await inParallel([...Array(segments).keys()], async (Segment) => {
    let start: Item | undefined;
    do {
      const command = new ScanCommand({
        TableName: table,
        Segment,
        TotalSegments: segments,
        ...only,
        ...(start && { ExclusiveStartKey: start }),
      });
      const { Items = [], ScannedCount = 0, LastEvaluatedKey } = await call(() => client.send(command));
      for (const item of Items) see(item);
      onPage(ScannedCount);
      start = LastEvaluatedKey;
    } while (start);
  });
}
