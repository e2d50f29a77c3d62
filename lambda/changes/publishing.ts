import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { DynamoDBRecord } from 'aws-lambda';
import { readNames } from '../store/names';
import type { Tables } from '../store/tables';
import { attempt } from './attempt';
import { type MembershipChange, readChange } from './change';
import type { ChangeEvent } from './event';
import { holdEvent } from './hold-event';
import { endsOf, membersEvents } from './members-events';
import { type Bus, publish } from './publisher';
import { resourceEvent } from './resource-event';

/** Services for publishing. */
export interface Publishing {
  readonly tables: Tables;
  readonly bus: Bus;
  /** Whether events contain the values before and after. */
  readonly values: boolean;
}

// A bus that does not respond must not block the shard, and the sweeps of later batches, until the function times out.
const limits = { connectionTimeout: 2_000, requestTimeout: 5_000 };

/** Publishing configured by `EVENT_BUS_NAME` and `EVENT_VALUES`; nothing if there is no bus. */
export function publishingFromEnvironment(tables: Tables): Publishing | undefined {
  const { EVENT_BUS_NAME: name, EVENT_VALUES: values } = process.env;
  if (!name) return undefined;
  const client = new EventBridgeClient({ requestHandler: { ...limits, throwOnRequestTimeout: true } });
  return { tables, bus: { client, name }, values: values === 'true' };
}

/**
 * Publishes the changes in the records of a stream. Each record is read separately, so an unreadable record does not
 * hold up others. Resolves to the sequence numbers of the records that failed.
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
    const event = change?.kind === 'resource' ? resourceEvent(change, values) : holdEvent(record);
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

/** The identifier of a record for Lambda. If it is missing, the whole batch is reported, which Lambda then splits. */
export function sequenceNumber({ dynamodb }: DynamoDBRecord): string {
  return dynamodb?.SequenceNumber ?? '';
}
