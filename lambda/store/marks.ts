import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Collection } from '../directory/store';
import { itemFormat } from './items';
import { deletionKey } from './keys';
import { call, callConditional, getItem, type Tables } from './tables';
import type { TransactAction } from './transact';

/** Marks a deletion, as part of its transaction. */
export function markDeletion(tables: Tables, { tenantId }: Collection, id: string, deleted: string): TransactAction {
  return { Put: { TableName: tables.directory, Item: { ...deletionKey(tenantId, id), deleted, format: itemFormat } } };
}

/** Marks a creation in progress: its memberships are hidden, and swept if it never finishes. */
export async function markCreation(
  tables: Tables,
  { tenantId, type }: Collection,
  id: string,
  creating: string,
): Promise<void> {
  const Item = { ...deletionKey(tenantId, id), creating, type, format: itemFormat };
  await call(() => tables.client.send(new PutCommand({ TableName: tables.directory, Item })));
}

/**
 * Marks the restoration of a resource like a creation, unless it has a mark. Returns false if it has one: its deletion is
 * not swept yet, or it is being restored.
 */
export async function markRestoration(
  tables: Tables,
  { tenantId, type }: Collection,
  id: string,
  creating: string,
): Promise<boolean> {
  const command = new PutCommand({
    TableName: tables.directory,
    Item: { ...deletionKey(tenantId, id), creating, type, format: itemFormat },
    // The SDK repeats a call whose response was lost: then this mark exists already.
    ConditionExpression: 'attribute_not_exists(pk) OR creating = :creating',
    ExpressionAttributeValues: { ':creating': creating },
  });
  return (await callConditional(() => tables.client.send(command))) !== undefined;
}

/** Deletes the mark of a creation, as part of its transaction, unless a sweep was faster. */
export function endCreation(tables: Tables, { tenantId }: Collection, id: string): TransactAction {
  return {
    Delete: {
      TableName: tables.directory,
      Key: deletionKey(tenantId, id),
      ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(sweeping)',
    },
  };
}

/** Whether a resource has a mark, of its deletion or its creation; strongly consistent. */
export async function isMarked(tables: Tables, { tenantId }: Collection, id: string): Promise<boolean> {
  return (await getItem(tables, tables.directory, deletionKey(tenantId, id))) !== undefined;
}

/** Deletes the mark of a restoration, without a sweep; not one of a deletion that came since. */
export async function deleteRestorationMark(
  tables: Tables,
  { tenantId }: Collection,
  id: string,
  creating: string,
): Promise<void> {
  const command = new DeleteCommand({
    TableName: tables.directory,
    Key: deletionKey(tenantId, id),
    ConditionExpression: 'creating = :creating',
    ExpressionAttributeValues: { ':creating': creating },
  });
  await callConditional(() => tables.client.send(command));
}

/** Claims a mark for the last sweep, so that no creation can finish any more. Returns false if there is none. */
export async function claimMark(tables: Tables, { tenantId }: Collection, id: string): Promise<boolean> {
  const claimed = await callConditional(() =>
    tables.client.send(
      new UpdateCommand({
        TableName: tables.directory,
        Key: deletionKey(tenantId, id),
        UpdateExpression: 'SET sweeping = :true',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: { ':true': true },
      }),
    ),
  );
  return claimed !== undefined;
}

/** Deletes a claimed mark. Returns false if the claim is gone: the mark was put again, and there is more to sweep. */
export async function deleteClaimedMark(tables: Tables, { tenantId }: Collection, id: string): Promise<boolean> {
  const deleted = await callConditional(() =>
    tables.client.send(
      new DeleteCommand({
        TableName: tables.directory,
        Key: deletionKey(tenantId, id),
        ConditionExpression: 'attribute_not_exists(pk) OR attribute_exists(sweeping)',
      }),
    ),
  );
  return deleted !== undefined;
}
