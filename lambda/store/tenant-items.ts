import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { isTier } from '../../deployment/limits';
import { isObject, type Json } from '../scim/json';
import type { ClientRecord } from '../tenants/client';
import { isClientRecord, isTokenRecord } from '../tenants/stored-shapes';
import type { Tenant, TokenRecord } from '../tenants/tenant';
import { type Item, isPresentFormat, unreadable } from './items';
import { tenantPartition } from './keys';
import { call, type Tables } from './tables';

/** A tenant as the directory table has it. */
interface TenantItem extends Omit<Tenant, 'tenantId' | 'tokens' | 'clients'>, Item {
  readonly sk: string;
  readonly tokens: Readonly<Record<string, TokenRecord>>;
  readonly clients: Readonly<Record<string, ClientRecord>>;
}

/** Reads a tenant item. @throws Error `UnreadableItem`, which names the item's key, if it is not a tenant */
export function toTenant(item: Item): Tenant {
  if (!isTenantItem(item)) throw unreadable(item, 'a tenant with its credentials');
  const { sk, label, profile, state, tier, created, tokens, clients } = item;
  const limits = tier === undefined ? {} : { tier };
  const credentials = { tokens: new Map(Object.entries(tokens)), clients: new Map(Object.entries(clients)) };
  return { tenantId: sk, label, profile, state, ...limits, created, ...credentials };
}

/**
 * All tenants, strongly consistent, in the order of their ids.
 * @throws Error `UnreadableItem` when one of them cannot be read, after all others
 */
export async function* listTenants(tables: Tables): AsyncIterable<Tenant> {
  const broken: Item[] = [];
  let start: Item | undefined;
  do {
    const command = new QueryCommand({
      TableName: tables.directory,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': tenantPartition },
      ConsistentRead: true,
      ...(start ? { ExclusiveStartKey: start } : {}),
    });
    const { Items = [], LastEvaluatedKey } = await call(() => tables.client.send(command));
    for (const item of Items) {
      if (isTenantItem(item)) yield toTenant(item);
      else broken.push(item);
    }
    start = LastEvaluatedKey;
  } while (start);
  const [first] = broken;
  if (first) toTenant(first);
}

function isTenantItem(item: Item): item is TenantItem {
  const { label, profile, state, tier, created, tokens, clients } = item;
  return (
    isPresentFormat(item) &&
    [label, profile, created].every((text) => typeof text === 'string') &&
    (state === 'enabled' || state === 'disabled') &&
    (tier === undefined || isTier(tier)) &&
    isMapOf(tokens as Json | undefined, isTokenRecord) &&
    isMapOf(clients as Json | undefined, isClientRecord)
  );
}

function isMapOf(value: Json | undefined, isElement: (element: Json) => boolean): boolean {
  return isObject(value) && Object.values(value).every(isElement);
}
