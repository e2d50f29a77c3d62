import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { TokenName } from '../tenants/token-format';
import { tenantKey } from './keys';
import { callConditional, type Tables } from './tables';

/**
 * Moves a token's last use forward to an hour (ISO 8601 in UTC). Does nothing when the token is gone, or was used later.
 * @throws what the call to DynamoDB throws
 */
export async function recordUse(tables: Tables, { tenantId, tokenId }: TokenName, hour: string): Promise<void> {
  const command = new UpdateCommand({
    TableName: tables.directory,
    Key: tenantKey(tenantId),
    UpdateExpression: 'SET tokens.#token.lastUse = :hour',
    ConditionExpression:
      'attribute_exists(tokens.#token) AND (attribute_not_exists(tokens.#token.lastUse) OR tokens.#token.lastUse < :hour)',
    ExpressionAttributeNames: { '#token': tokenId },
    ExpressionAttributeValues: { ':hour': hour },
  });
  await callConditional(() => tables.client.send(command));
}
