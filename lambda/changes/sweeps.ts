import type { DynamoDBRecord } from 'aws-lambda';
import { deletionPartition, keyTenant, parseResourceKey } from '../store/keys';
import type { Deletion } from './sweep-queue';

/** A sweep that a record of the directory's stream requires. */
export interface SweepRequest {
  readonly deletion: Deletion;
  /** Whether to sweep immediately too, not only after the delay. */
  readonly atOnce: boolean;
}

/**
 * The sweeps that a record requires, if any. A deleted resource is swept immediately and again later. The mark of a
 * creation is only examined later, when its request cannot be running any more.
 * @throws Error if a mark has no type
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
