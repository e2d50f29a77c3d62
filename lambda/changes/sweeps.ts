import type { DynamoDBRecord } from 'aws-lambda';
import { deletionPartition, keyTenant, parseResourceKey } from '../store/keys';
import type { Deletion } from './sweep-queue';

/** What a record of the directory's stream asks for. */
export interface SweepRequest {
  readonly deletion: Deletion;
  /** Whether to sweep at once too, not only when the delay is over. */
  readonly atOnce: boolean;
}

/**
 * The sweeps that a record asks for, if any. A deleted resource is swept at once and once more later. The mark of a
 * creation under way is only looked at later, when no request can be at work on it any more: its members are no leftovers yet.
 * @throws Error for a mark without a type
 */
export function sweepRequest({ eventName, dynamodb = {} }: DynamoDBRecord): SweepRequest | undefined {
  const { Keys = {}, NewImage = {} } = dynamodb;
  const [pk, sk] = [Keys.pk?.S, Keys.sk?.S];
  if (pk === undefined || sk === undefined) return undefined;
  if (eventName === 'REMOVE') {
    const deletion = parseResourceKey({ pk, sk });
    return deletion && { deletion, atOnce: true };
  }
  if (eventName !== 'INSERT' || NewImage.creating?.S === undefined) return undefined;
  const tenantId = keyTenant(pk);
  if (pk !== deletionPartition(tenantId)) return undefined;
  const type = NewImage.type?.S;
  if (type !== 'User' && type !== 'Group') {
    throw new Error(`The mark pk=${pk} sk=${sk} cannot be read: its type is neither User nor Group.`);
  }
  return { deletion: { collection: { tenantId, type }, id: sk }, atOnce: false };
}
