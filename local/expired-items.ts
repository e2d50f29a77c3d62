import { expiryAttribute } from '../deployment/tables';
import type { Engine } from './engine/engine';

const service = 'DynamoDB_20120810.';

/**
 * Deletes the items of a table whose time has expired, as DynamoDB does within days. To be called before anybody follows
 * the table's stream. @throws Error if the engine refuses
 */
export async function deleteExpired(engine: Engine, table: string, now: number): Promise<void> {
  const expired = {
    FilterExpression: '#expires < :now',
    ExpressionAttributeNames: { '#expires': expiryAttribute },
    ExpressionAttributeValues: { ':now': { N: String(Math.floor(now / 1000)) } },
  };
  let start: unknown;
  do {
    const page = { TableName: table, ...expired, ...(start ? { ExclusiveStartKey: start } : {}) };
    const { Items, LastEvaluatedKey } = await call(engine, 'Scan', page);
    for (const { pk, sk } of Items as readonly Record<string, unknown>[]) {
      await call(engine, 'DeleteItem', { TableName: table, Key: { pk, sk } });
    }
    start = LastEvaluatedKey;
  } while (start);
}

async function call(engine: Engine, operation: string, input: object): Promise<Record<string, unknown>> {
  const { status, body } = await engine.call(service + operation, input);
  if (status !== 200) throw new Error(`${operation} was refused: ${JSON.stringify(body)}`);
  return body as Record<string, unknown>;
}
