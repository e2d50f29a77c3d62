import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { DynamoDBRecord } from 'aws-lambda';
import { readNames } from '../store/names';
import type { Tables } from '../store/tables';
import { attempt } from './attempt';
import { type MembershipChange, readChange } from './change';
import type { ChangeEvent } from './event';
import { endsOf, membersEvents } from './members-events';
import { type Bus, publish } from './publisher';
import { resourceEvent } from './resource-event';

/** What publishing needs. */
export interface Publishing {
  readonly tables: Tables;
  readonly bus: Bus;
  /** Whether events carry the values before and after. */
  readonly values: boolean;
}

// A bus that does not answer must not hold up the shard, and with it the sweeps of later batches, until the function's end.
const limits = { connectionTimeout: 2_000, requestTimeout: 5_000 };

/** Publishing as the environment says (`EVENT_BUS_NAME`, `EVENT_VALUES`); nothing where it names no bus. */
export function publishingFromEnvironment(tables: Tables): Publishing | undefined {
  const { EVENT_BUS_NAME: name, EVENT_VALUES: values } = process.env;
  if (!name) return undefined;
  const client = new EventBridgeClient({ requestHandler: { ...limits, throwOnRequestTimeout: true } });
  return { tables, bus: { client, name }, values: values === 'true' };
}

/**
 * Publishes what the records of a stream tell. Each is read by itself, and every event that can be made is sent: one
 * that cannot be read keeps no other back. Resolves to the sequence numbers of the records that failed.
 */
export async function publishRecords(
  { tables, bus, values }: Publishing,
  records: readonly DynamoDBRecord[],
): Promise<readonly string[]> {
  const events: ChangeEvent[] = [];
  const memberships: MembershipChange[] = [];
  const read = (record: DynamoDBRecord) => {
    const change = readChange(record);
    if (change?.kind === 'membership') memberships.push(change);
    const event = change?.kind === 'resource' ? resourceEvent(change, values) : undefined;
    if (event) events.push(event);
  };
  const unread: string[] = [];
  for (const record of records) unread.push(...(await attempt([sequenceNumber(record)], () => read(record))));

  const unnamed = await attempt(
    memberships.map(({ facts }) => facts.sequenceNumber),
    async () => {
      events.push(...membersEvents(memberships, await readNames(tables, endsOf(memberships))));
    },
  );
  return [...unread, ...unnamed, ...(await publish(bus, events))];
}

/** By what Lambda knows a record. Without it, reporting it is reporting the whole batch, which Lambda then divides. */
export function sequenceNumber({ dynamodb }: DynamoDBRecord): string {
  return dynamodb?.SequenceNumber ?? '';
}
