import type { DynamoDBRecord } from 'aws-lambda';
import { keyTenant, portalEventPartition } from '../store/keys';
import { toPortalEvent } from '../store/portal-events';
import type { ChangeEvent } from './event';
import { readImage } from './image';

/** The event that the portal has kept with this record; nothing for every other record. @throws Error if it cannot be read */
export function portalEvent({ eventName, dynamodb = {} }: DynamoDBRecord): ChangeEvent | undefined {
  const { Keys = {}, NewImage, SequenceNumber = '' } = dynamodb;
  const pk = Keys.pk?.S ?? '';
  if (pk !== portalEventPartition(keyTenant(pk)) || eventName !== 'INSERT' || !NewImage) return undefined;
  const { type, detail } = toPortalEvent({ pk, sk: Keys.sk?.S ?? '', ...readImage(NewImage) });
  return { detailType: type, detail, sequenceNumbers: [SequenceNumber] };
}
