import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Item } from '../../../lambda/store/items';
import { call, inParallel, type Tables } from '../../../lambda/store/tables';

/** Number of parallel segments of a scan: few enough to leave most of each partition's capacity to requests. */
const segments = 4;

/** What to scan. */
export interface Scan {
  readonly table: string;
  /** The table's partition key, which begins with the tenant's id. */
  readonly key: 'pk' | 'group';
  /** Return only this tenant's items. */
  readonly tenantId: string | undefined;
}

/**
 * Passes every item of a table to a callback, page by page; eventually consistent, at half the price. DynamoDB reads the
 * items of all tenants, even if the response leaves some out.
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
