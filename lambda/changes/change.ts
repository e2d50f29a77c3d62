import type { DynamoDBRecord } from 'aws-lambda';
import type { Collection, StoredResource } from '../directory/store';
import type { ResourceTypeName } from '../scim/schema/profile';
import { toMembership, toStoredMember, toStoredResource } from '../store/items';
import { parseResourceKey } from '../store/keys';
import { type Image, readImage } from './image';

/** The identity of a stream record. */
export interface RecordFacts {
  /** The same at every delivery of the record. */
  readonly eventId: string;
  /** Its sequence number in the stream, decimal. */
  readonly sequenceNumber: string;
  /** ISO 8601, to the second. */
  readonly time: string;
}

/** A resource was created (no `before`), deleted (no `after`) or changed. */
export interface ResourceChange {
  readonly kind: 'resource';
  readonly facts: RecordFacts;
  readonly collection: Collection;
  readonly id: string;
  readonly before?: StoredResource;
  readonly after?: StoredResource;
}

/** A member was added to a group or removed from it. */
export interface MembershipChange {
  readonly kind: 'membership';
  readonly facts: RecordFacts;
  readonly tenantId: string;
  readonly groupId: string;
  readonly memberId: string;
  readonly memberType: ResourceTypeName;
  readonly action: 'added' | 'removed';
}

export type Change = ResourceChange | MembershipChange;

/**
 * Reads a record of either table's stream. Returns nothing for an item that is neither a resource nor a membership. The
 * keys show which table it is.
 * @throws Error if the record cannot be read
 */
export function readChange(record: DynamoDBRecord): Change | undefined {
  const { pk, sk, group, member } = record.dynamodb?.Keys ?? {};
  if (pk?.S !== undefined && sk?.S !== undefined) return resourceChange(record, { pk: pk.S, sk: sk.S });
  if (group?.S !== undefined && member?.S !== undefined) return membershipChange(record, group.S, member.S);
  throw new Error('The record cannot be read: it has neither the keys of a directory item nor those of a membership.');
}

function resourceChange(record: DynamoDBRecord, key: { pk: string; sk: string }): ResourceChange | undefined {
  const resource = parseResourceKey(key);
  if (!resource) return undefined;
  const { OldImage, NewImage } = record.dynamodb ?? {};
  const read = (image: Image | undefined) => toStoredResource({ ...key, ...readImage(image ?? {}) });
  const facts = readFacts(record);
  switch (record.eventName) {
    case 'INSERT':
      return { kind: 'resource', facts, ...resource, after: read(NewImage) };
    case 'MODIFY':
      return { kind: 'resource', facts, ...resource, before: read(OldImage), after: read(NewImage) };
    case 'REMOVE':
      return { kind: 'resource', facts, ...resource, before: read(OldImage) };
    default:
      throw unknownEvent(record);
  }
}

const actions: ReadonlyMap<unknown, MembershipChange['action'] | undefined> = new Map([
  ['INSERT', 'added'],
  ['REMOVE', 'removed'],
  // The same member with another type: no member was added or removed.
  ['MODIFY', undefined],
]);

function membershipChange(record: DynamoDBRecord, group: string, member: string): MembershipChange | undefined {
  if (!actions.has(record.eventName)) throw unknownEvent(record);
  const action = actions.get(record.eventName);
  if (!action) return undefined;
  const { OldImage, NewImage } = record.dynamodb ?? {};
  const item = { group, member, type: (NewImage ?? OldImage)?.type?.S };
  const { type = 'User' } = toStoredMember(item);
  return { kind: 'membership', facts: readFacts(record), ...toMembership(item), memberType: type, action };
}

/** Reads what identifies a record. @throws Error if that is missing */
export function readFacts({ eventID, dynamodb = {} }: DynamoDBRecord): RecordFacts {
  const { SequenceNumber = '', ApproximateCreationDateTime: seconds } = dynamodb;
  if (!eventID || !/^\d{1,40}$/.test(SequenceNumber) || !isInstant(seconds)) {
    throw new Error(
      'The record cannot be read: its eventID, SequenceNumber or ApproximateCreationDateTime is missing.',
    );
  }
  return { eventId: eventID, sequenceNumber: SequenceNumber, time: new Date(seconds * 1000).toISOString() };
}

/** Whether a `Date` can represent these seconds. */
function isInstant(seconds: number | undefined): seconds is number {
  return typeof seconds === 'number' && Math.abs(seconds) <= 8.64e12;
}

function unknownEvent({ eventName }: DynamoDBRecord): Error {
  return new Error(`The record cannot be read: its eventName is ${String(eventName)}.`);
}
