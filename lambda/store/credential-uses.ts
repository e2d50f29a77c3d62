import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Tenant } from '../tenants/tenant';
import type { CredentialName } from '../tenants/token-format';
import { itemFormat } from './items';
import { credentialUseKey, credentialUsePartition } from './keys';
import { queryAll } from './pages';
import { callConditional, type Tables } from './tables';

/**
 * Moves a credential's last use forward to an hour (ISO 8601 in UTC). Does nothing if it was used later. The item is the
 * credential's own: the functions that record uses must not reach the tenants' items.
 * @throws what the call to DynamoDB throws
 */
export async function recordUse(
  tables: Tables,
  { tenantId, credentialId }: CredentialName,
  hour: string,
): Promise<void> {
  const command = new UpdateCommand({
    TableName: tables.directory,
    Key: credentialUseKey(tenantId, credentialId),
    UpdateExpression: 'SET lastUse = :hour, #format = :format',
    ConditionExpression: 'attribute_not_exists(lastUse) OR lastUse < :hour',
    ExpressionAttributeNames: { '#format': 'format' },
    ExpressionAttributeValues: { ':hour': hour, ':format': itemFormat },
  });
  await callConditional(() => tables.client.send(command));
}

/** Adds to a tenant's credentials when they were last used. */
export async function withLastUse(tables: Tables, tenant: Tenant): Promise<Tenant> {
  const items = await queryAll(tables, {
    TableName: tables.directory,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': credentialUsePartition(tenant.tenantId) },
    ConsistentRead: true,
  });
  const uses = new Map(items.map(({ sk, lastUse }) => [sk, String(lastUse)]));
  const used = <Record extends { readonly created: string }>([id, record]: readonly [string, Record]) => {
    const hour = uses.get(id);
    if (hour === undefined) return [id, record] as const;
    // The hour of the first use began before the credential was created.
    return [id, { ...record, lastUse: hour < record.created ? record.created : hour }] as const;
  };
  return {
    ...tenant,
    tokens: new Map([...tenant.tokens].map(used)),
    clients: new Map([...tenant.clients].map(used)),
  };
}
