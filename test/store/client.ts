import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { groupType, userType } from '../../lambda/directory/resource-types';
import { dispatch } from '../../lambda/gateway/dispatch';
import { resourceEndpoints } from '../../lambda/gateway/endpoints';
import type { Json, JsonObject } from '../../lambda/scim/json';
import { ScimError } from '../../lambda/scim/message/error';
import type { ProfileName } from '../../lambda/scim/schema/profile';
import { DynamoStore } from '../../lambda/store/dynamo-store';
import { deletionPartition, resourcePartition } from '../../lambda/store/keys';
import { finishSweep } from '../../lambda/store/sweep';
import type { Tables } from '../../lambda/store/tables';
import { request, servicesOver } from '../directory/requests';
import { isInjected } from './faults';

const endpoints = [userType, groupType].flatMap(resourceEndpoints);

/** The response that a client sees; the status is 500 for a failure that a test injected. */
export interface ClientResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: JsonObject;
}

/** Sends requests of one tenant to the handlers over some tables. */
export function clientOf(
  tables: Tables,
  tenantId: string,
  profile: ProfileName,
  newId?: () => string,
  now?: () => Date,
) {
  return async (
    method: string,
    path: string,
    body?: Json,
    headers: Record<string, string> = {},
  ): Promise<ClientResponse> => {
    const sent = request(method, path, { tenantId, profile, headers, ...(body !== undefined && { body }) });
    try {
      const answer = await dispatch(endpoints, sent)(servicesOver(new DynamoStore(tables), newId, now), sent);
      return { status: answer.status, headers: answer.headers ?? {}, body: answer.body ?? {} };
    } catch (error) {
      if (error instanceof ScimError) return { status: error.status, headers: error.headers, body: {} };
      if (isInjected(error)) return { status: 500, headers: {}, body: {} };
      throw error;
    }
  };
}

/** Lets the leases of ended requests expire. */
export async function endLeases(tables: Tables, tenantId: string): Promise<void> {
  const { Items = [] } = await tables.client.send(
    new QueryCommand({
      TableName: tables.directory,
      KeyConditionExpression: 'pk = :pk',
      FilterExpression: 'attribute_exists(lease)',
      ExpressionAttributeValues: { ':pk': resourcePartition({ tenantId, type: 'Group' }) },
      ConsistentRead: true,
    }),
  );
  for (const { pk, sk } of Items) {
    await tables.client.send(
      new UpdateCommand({
        TableName: tables.directory,
        Key: { pk, sk },
        UpdateExpression: 'SET lease.#until = :ended',
        ExpressionAttributeNames: { '#until': 'until' },
        ExpressionAttributeValues: { ':ended': 1 },
      }),
    );
  }
}

/** Runs the last sweep for every mark of a tenant, as the delay queue does later. */
export async function sweepAll(tables: Tables, tenantId: string): Promise<void> {
  const { Items = [] } = await tables.client.send(
    new QueryCommand({
      TableName: tables.directory,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': deletionPartition(tenantId) },
      ConsistentRead: true,
    }),
  );
  for (const { sk } of Items) await finishSweep(tables, { tenantId, type: 'Group' }, String(sk));
}
