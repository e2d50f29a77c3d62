import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { call } from '../store/tables';
import { toItem } from './item';
import type { ActivityRow } from './row';

/** The activity table and the client for it. */
export interface ActivityTable {
  readonly client: Pick<DynamoDBDocumentClient, 'send'>;
  readonly name: string;
}

/** When a row may be deleted that is kept for some days, in seconds since the epoch. */
export function expiryAfter(time: string, days: number): number {
  return Math.ceil(Date.parse(time) / 1000) + days * 24 * 3600;
}

/** Puts a row. The same row again replaces itself. @throws LostRace when the table is throttled */
export async function putRow({ client, name }: ActivityTable, row: ActivityRow): Promise<void> {
  await call(() => client.send(new PutCommand({ TableName: name, Item: toItem(row) })));
}
