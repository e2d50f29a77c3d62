import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { expiryAttribute } from '../../deployment/tables';
import {
  activityPartition,
  failureIndex,
  failurePartition,
  requestIndex,
  rowSortKey,
  subjectIndex,
} from '../../lambda/activity/keys';
import type { ActivityRow, RowKind } from '../../lambda/activity/row';
import type { ActivityTable } from '../../lambda/store/activity';
import { toRow } from '../../lambda/store/activity-item';
import type { Item } from '../../lambda/store/items';
import { call } from '../../lambda/store/tables';

/** The rows that one query reads: a partition of the table or of an index. */
export interface RowPartition {
  readonly index?: string;
  readonly key: string;
  readonly value: string;
}

/** All rows of a tenant. */
export const rowsOfTenant = (tenantId: string): RowPartition => ({ key: 'pk', value: activityPartition(tenantId) });

/** The rows of a tenant's failed requests. */
export const failuresOfTenant = (tenantId: string): RowPartition => ({
  index: failureIndex,
  key: 'failed',
  value: failurePartition(tenantId),
});

/** The rows of a subject, by the name of its partition: `subjectPartition` or `namePartition`. */
export const rowsOfSubject = (subject: string): RowPartition => ({
  index: subjectIndex,
  key: 'subject',
  value: subject,
});

/** The rows of a request, by the id that the gateway gave it, or of an operator's action. */
export const rowsOfRequest = (request: string): RowPartition => ({
  index: requestIndex,
  key: 'byRequest',
  value: request,
});

/** Which rows of a partition are read, and in which order. */
export interface RowSelection {
  /** Rows that have expired by then are hidden: DynamoDB deletes them days later. */
  readonly now: Date;
  /** Only rows from this time on: ISO 8601 in UTC. Not together with `before`. */
  readonly since?: string;
  /** Only rows whose sort key (`rowSortKey`) comes before this one. Not together with `since`. */
  readonly before?: string;
  readonly kinds?: readonly RowKind[];
  /** Id or label of the credential. */
  readonly credential?: string;
  readonly order: 'newest first' | 'oldest first';
  /** How many rows a call examines. @default as many as 1 MB holds */
  readonly pageSize?: number;
}

/** Reads one row of a tenant; undefined if it is deleted. @throws Error `UnreadableItem` if it has another format */
export async function readRow(
  { client, name }: ActivityTable,
  tenantId: string,
  { time, rowId }: Pick<ActivityRow, 'time' | 'rowId'>,
): Promise<ActivityRow | undefined> {
  const Key = { pk: activityPartition(tenantId), sk: rowSortKey(time, rowId) };
  const { Item } = await call(() => client.send(new GetCommand({ TableName: name, Key })));
  return Item && toRow(Item);
}

/** Reads a partition, a page at a time. @throws Error `UnreadableItem` if a row has another format */
export async function* queryRows(
  table: ActivityTable,
  partition: RowPartition,
  selection: RowSelection,
): AsyncIterable<ActivityRow> {
  const input = inputOf(table, partition, selection);
  let start: Item | undefined;
  do {
    const command = new QueryCommand({ ...input, ...(start && { ExclusiveStartKey: start }) });
    const { Items = [], LastEvaluatedKey } = await call(() => table.client.send(command));
    for (const item of Items) yield toRow(item);
    start = LastEvaluatedKey;
  } while (start);
}

/**
 * Counts the rows of a partition in one call: `more` if that did not examine all of them, so that there can be more.
 */
export async function countRows(
  table: ActivityTable,
  partition: RowPartition,
  selection: Omit<RowSelection, 'order'>,
): Promise<{ readonly count: number; readonly more: boolean }> {
  const input = inputOf(table, partition, { ...selection, order: 'newest first' });
  const { Count = 0, LastEvaluatedKey } = await call(() =>
    table.client.send(new QueryCommand({ ...input, Select: 'COUNT' })),
  );
  return { count: Count, more: LastEvaluatedKey !== undefined };
}

/** The condition on the sort key that selects a time: DynamoDB takes one. */
function rangeOf({ since, before }: RowSelection): string {
  if (before !== undefined) return ' AND #sk < :before';
  return since === undefined ? '' : ' AND #sk >= :since';
}

function inputOf({ name }: ActivityTable, { index, key, value }: RowPartition, selection: RowSelection) {
  const { now, since, before, kinds = [], credential, order, pageSize } = selection;
  const filters = [
    '#expires > :now',
    ...(kinds.length > 0 ? [`#kind IN (${kinds.map((_, at) => `:kind${at}`).join(', ')})`] : []),
    ...(credential === undefined ? [] : ['(#actor.#credential = :credential OR #actor.#label = :credential)']),
  ];
  return {
    TableName: name,
    ...(index && { IndexName: index }),
    KeyConditionExpression: `#key = :value${rangeOf(selection)}`,
    FilterExpression: filters.join(' AND '),
    ExpressionAttributeNames: {
      '#key': key,
      '#expires': expiryAttribute,
      ...((since ?? before) !== undefined && { '#sk': 'sk' }),
      ...(kinds.length > 0 && { '#kind': 'kind' }),
      ...(credential !== undefined && { '#actor': 'actor', '#credential': 'credential', '#label': 'label' }),
    },
    ExpressionAttributeValues: {
      ':value': value,
      ':now': Math.floor(now.getTime() / 1000),
      ...(before !== undefined && { ':before': before }),
      ...(before === undefined && since !== undefined && { ':since': since }),
      ...Object.fromEntries(kinds.map((kind, at) => [`:kind${at}`, kind])),
      ...(credential !== undefined && { ':credential': credential }),
    },
    ScanIndexForward: order === 'oldest first',
    ...(pageSize !== undefined && { Limit: pageSize }),
  };
}
