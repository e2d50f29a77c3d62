import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { MirrorRow } from '../../../examples/mirror/mirror';
import type { Tables } from '../../../lambda/store/tables';
import { openDirectory } from '../../../library/directory';
import { DynamoTenantStore } from '../../../operator/store/tenant-store';
import { mirrorTable } from './worker';

/** Creates the table of the mirror on the engine of the environment. */
export async function createMirrorTable(): Promise<void> {
  const names = ['tenantId', 'id'] as const;
  await new DynamoDBClient({}).send(
    new CreateTableCommand({
      TableName: mirrorTable,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: names.map((name, index) => ({ AttributeName: name, KeyType: index === 0 ? 'HASH' : 'RANGE' })),
      AttributeDefinitions: names.map((name) => ({ AttributeName: name, AttributeType: 'S' })),
    }),
  );
}

/** Adds a tenant without credentials. */
export async function addTenant(tables: Tables, tenantId: string): Promise<void> {
  const profile = 'standard' as const;
  const tenant = { tenantId, label: tenantId, profile, state: 'enabled' as const, created: new Date().toISOString() };
  await new DynamoTenantStore(tables).create({ ...tenant, tokens: new Map(), clients: new Map() });
}

/** What the mirror has of a tenant, as lines. */
export async function mirrored({ client }: Pick<Tables, 'client'>, tenantId: string): Promise<readonly string[]> {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: mirrorTable,
      KeyConditionExpression: 'tenantId = :tenant',
      ExpressionAttributeValues: { ':tenant': tenantId },
      ConsistentRead: true,
    }),
  );
  return (Items as MirrorRow[]).filter(({ gone }) => !gone).map(({ id, names }) => line(id, names));
}

/** What the directory has of a tenant, as the same lines. */
export async function present(tables: Tables, tenantId: string): Promise<readonly string[]> {
  const lines: string[] = [];
  const directory = openDirectory({ tables });
  for await (const entry of directory.tenant(tenantId).snapshot()) {
    if (entry.kind === 'membership') lines.push(line(`Member/${entry.groupId}/${entry.member.id}`, {}));
    if (entry.kind === 'group') lines.push(line(`Group/${entry.group.id}`, entry.group));
    if (entry.kind === 'user') lines.push(line(`User/${entry.user.id}`, entry.user));
  }
  directory.close();
  return lines.sort();
}

function line(id: string, names: object): string {
  const { userName, displayName, externalId, active } = names as Record<string, unknown>;
  const shown = id.startsWith('User') ? [userName, externalId, active] : [displayName, externalId];
  return `${id} ${shown.map((each) => String(each ?? '-')).join(' ')}`;
}
