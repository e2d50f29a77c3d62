import { BatchGetItemCommand, type BatchGetItemCommandOutput } from '@aws-sdk/client-dynamodb';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Tables } from '../../lambda/store/tables';

type Send = (
  command: unknown,
) => Promise<{ readonly Item?: Record<string, unknown> } & Pick<BatchGetItemCommandOutput, 'Responses'>>;

/**
 * Tables on which every request gets the lease that it asks for, even if another request holds it, and sees no other
 * lease.
 */
export function withoutLeases(tables: Tables): Tables {
  const forward = tables.client.send.bind(tables.client) as Send;
  const send: Send = async (command) => {
    if (command instanceof UpdateCommand) {
      const { ConditionExpression: condition, ExpressionAttributeValues: values = {} } = command.input;
      const isOfLease = ':lease' in values || ':new' in values;
      if (isOfLease) command.input.ConditionExpression = `attribute_exists(pk) OR (${condition})`;
    }
    const output = await forward(command);
    if (command instanceof GetCommand && output.Item) delete output.Item.lease;
    if (command instanceof BatchGetItemCommand) {
      for (const item of Object.values(output.Responses ?? {}).flat()) delete item.lease;
    }
    return output;
  };
  return { ...tables, client: { send: send as unknown as Tables['client']['send'] } };
}
