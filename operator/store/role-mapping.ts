import { DeleteCommand, type DeleteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Json } from '../../lambda/scim/json';
import { type Item, isPresentFormat, itemFormat, unreadable } from '../../lambda/store/items';
import { roleMappingKey, tenantStateKey } from '../../lambda/store/keys';
import { call, getItem, type Tables } from '../../lambda/store/tables';
import { transact } from '../../lambda/store/transact';
import type { TenantRoles } from '../roles/mapping';
import { readMapping } from '../roles/read-mapping';

/** Reads a tenant's mapping of groups to roles, if it has one; strongly consistent. @throws as `toTenantRoles` */
export async function readTenantRoles(tables: Tables, tenantId: string): Promise<TenantRoles | undefined> {
  const item = await getItem(tables, tables.directory, roleMappingKey(tenantId));
  return item && toTenantRoles(item);
}

/** Reads the item of a mapping. @throws Error `UnreadableItem`, which names the item's key, if it is none */
export function toTenantRoles(item: Item): TenantRoles {
  const { mapping, nested } = item;
  try {
    if (isPresentFormat(item) && typeof nested === 'boolean') return { mapping: readMapping(mapping as Json), nested };
  } catch {
    // What is wrong with a mapping is for who writes one. This item was edited by hand.
  }
  throw unreadable(item, 'a mapping of groups to roles');
}

/** Writes a tenant's mapping. Returns false if the tenant is deleted. */
export async function putTenantRoles(tables: Tables, tenantId: string, roles: TenantRoles): Promise<boolean> {
  const TableName = tables.directory;
  const isNotDeleted = { ConditionExpression: 'attribute_not_exists(deleted)' };
  const failed = await transact(tables, [
    { ConditionCheck: { TableName, Key: tenantStateKey(tenantId), ...isNotDeleted } },
    { Put: { TableName, Item: { ...roleMappingKey(tenantId), ...roles, format: itemFormat } } },
  ]);
  return failed.length === 0;
}

/** Deletes a tenant's mapping. Returns false if it has none. */
export async function deleteTenantRoles(tables: Tables, tenantId: string): Promise<boolean> {
  const input: DeleteCommandInput = {
    TableName: tables.directory,
    Key: roleMappingKey(tenantId),
    ReturnValues: 'ALL_OLD',
  };
  const { Attributes } = await call(() => tables.client.send(new DeleteCommand(input)));
  return Attributes !== undefined;
}
