import { DeleteCommand, type DeleteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Json } from '../../lambda/scim/json';
import { type Item, isPresentFormat, itemFormat, unreadable } from '../../lambda/store/items';
import { roleMappingKey, tenantStateKey } from '../../lambda/store/keys';
import { call, getItem, type Tables } from '../../lambda/store/tables';
import { transact } from '../../lambda/store/transact';
import type { RoleMapping } from '../roles/mapping';
import { readMapping } from '../roles/read-mapping';

/** Reads a tenant's mapping of groups to roles, if it has one; strongly consistent. @throws as `toRoleMapping` */
export async function readRoleMapping(tables: Tables, tenantId: string): Promise<RoleMapping | undefined> {
  const item = await getItem(tables, tables.directory, roleMappingKey(tenantId));
  return item && toRoleMapping(item);
}

/** Reads the item of a mapping. @throws Error `UnreadableItem`, which names the item's key, if it is none */
export function toRoleMapping(item: Item): RoleMapping {
  try {
    if (isPresentFormat(item)) return readMapping(item.mapping as Json);
  } catch {
    // What is wrong with a mapping is for who writes one. This item was edited by hand.
  }
  throw unreadable(item, 'a mapping of groups to roles');
}

/** Writes a tenant's mapping. Returns false if the tenant is deleted. */
export async function putRoleMapping(tables: Tables, tenantId: string, mapping: RoleMapping): Promise<boolean> {
  const TableName = tables.directory;
  const isNotDeleted = { ConditionExpression: 'attribute_not_exists(deleted)' };
  const failed = await transact(tables, [
    { ConditionCheck: { TableName, Key: tenantStateKey(tenantId), ...isNotDeleted } },
    { Put: { TableName, Item: { ...roleMappingKey(tenantId), mapping, format: itemFormat } } },
  ]);
  return failed.length === 0;
}

/** Deletes a tenant's mapping. Returns false if it has none. */
export async function deleteRoleMapping(tables: Tables, tenantId: string): Promise<boolean> {
  const input: DeleteCommandInput = {
    TableName: tables.directory,
    Key: roleMappingKey(tenantId),
    ReturnValues: 'ALL_OLD',
  };
  const { Attributes } = await call(() => tables.client.send(new DeleteCommand(input)));
  return Attributes !== undefined;
}
