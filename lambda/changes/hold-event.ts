import type { DynamoDBRecord } from 'aws-lambda';
import { parseHourCountKey } from '../store/keys';
import { readFacts } from './change';
import { type ChangeEvent, eventHead } from './event';
import type { Image } from './image';

/**
 * The event of a record in which the brake of a tenant began to hold changes, or an operator released them; nothing for
 * every other record, and for a counter that is deleted with its tenant.
 * @throws Error if the record of a hold cannot be read
 */
export function holdEvent(record: DynamoDBRecord): ChangeEvent | undefined {
  const { Keys = {}, OldImage, NewImage } = record.dynamodb ?? {};
  const counter = parseHourCountKey({ pk: Keys.pk?.S ?? '', sk: Keys.sk?.S ?? '' });
  if (!counter || !NewImage) return undefined;
  const [before, after] = [numberIn(OldImage, 'held'), numberIn(NewImage, 'held')];
  if ((before === undefined) === (after === undefined)) return undefined;
  const facts = readFacts(record);
  return {
    detailType: after === undefined ? 'Tenant Released' : 'Tenant Held',
    detail: {
      ...eventHead(counter.tenantId, [facts]),
      counter: counter.counter,
      since: new Date(after ?? before ?? 0).toISOString(),
      limit: numberIn(NewImage, 'limit'),
      users: numberIn(NewImage, 'users'),
    },
    sequenceNumbers: [facts.sequenceNumber],
  };
}

function numberIn(image: Image | undefined, name: string): number | undefined {
  const number = image?.[name]?.N;
  return number === undefined ? undefined : Number(number);
}
