import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Collection } from '../directory/store';

/** A deletion whose memberships must be swept. */
export interface Deletion {
  readonly collection: Collection;
  readonly id: string;
}

/** Schedules the last sweep of a deletion, in `delaySeconds`. */
export async function sweepLater(
  sqs: SQSClient,
  queueUrl: string,
  delaySeconds: number,
  { collection, id }: Deletion,
): Promise<void> {
  const { tenantId, type } = collection;
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: queueUrl,
      DelaySeconds: delaySeconds,
      MessageBody: JSON.stringify({ tenantId, type, id }),
    }),
  );
}

/** Reads a message that `sweepLater` sent. @throws Error for any other */
export function readDeletion(body: string): Deletion {
  const { tenantId, type, id }: Record<string, unknown> = JSON.parse(body);
  if (typeof tenantId !== 'string' || (type !== 'User' && type !== 'Group') || typeof id !== 'string') {
    throw new Error('The message is not a deletion: tenantId, type or id is missing.');
  }
  return { collection: { tenantId, type }, id };
}
