import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { expiryAttribute } from '../../deployment/tables';
import { readMarkPartition, readMarkSortKey } from '../activity/keys';
import type { ActivityRow } from '../activity/row';
import { toItem } from './activity-item';
import { itemFormat } from './items';
import { call } from './tables';
import { transact } from './transact';

/** The activity table and the client for it. */
export interface ActivityTable {
  readonly client: Pick<DynamoDBDocumentClient, 'send'>;
  readonly name: string;
}

/** The table in a function, which also knows how many days rows of requests are kept. */
export interface KeptActivity extends ActivityTable {
  readonly days: number;
}

/** The table named by `ACTIVITY_TABLE`; nothing if there is none: the deployer keeps no activity. */
export function activityFromEnvironment(client: ActivityTable['client']): KeptActivity | undefined {
  const { ACTIVITY_TABLE: name, ACTIVITY_DAYS: days } = process.env;
  return name ? { client, name, days: Number(days) } : undefined;
}

/** When a row may be deleted that is kept for some days, in seconds since the epoch. */
export function expiryAfter(time: string, days: number): number {
  return Math.ceil(Date.parse(time) / 1000) + days * 24 * 3600;
}

/** Puts a row. The same row again replaces itself. @throws LostRace when the table is throttled */
export async function putRow({ client, name }: ActivityTable, row: ActivityRow): Promise<void> {
  await call(() => client.send(new PutCommand({ TableName: name, Item: toItem(row) })));
}

/**
 * Puts the row of a read, unless this or another process has put one of its kind for the credential and the hour: with
 * the row, in one transaction, goes a mark that only one of them can put. @throws ScimError 429 when the table is busy
 */
export async function putFirstRead({ client, name: TableName }: ActivityTable, row: ActivityRow): Promise<void> {
  const mark = {
    pk: readMarkPartition(row.tenantId),
    sk: readMarkSortKey(row),
    [expiryAttribute]: expiryAfter(row.time, 1),
    format: itemFormat,
  };
  await transact({ client }, [
    { Put: { TableName, Item: mark, ConditionExpression: 'attribute_not_exists(pk)' } },
    { Put: { TableName, Item: toItem(row) } },
  ]);
}
