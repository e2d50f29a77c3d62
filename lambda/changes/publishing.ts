import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { DynamoDBRecord } from 'aws-lambda';
import { clientConfiguration } from '../connection';
import { namesKey, readNames } from '../store/names';
import type { Tables } from '../store/tables';
import { readDeletionNotes } from '../store/tombstone-bodies';
import { attempt } from './attempt';
import { type Change, type MembershipChange, type ResourceChange, readChange } from './change';
import type { ChangeEvent } from './event';
import { holdEvent } from './hold-event';
import { endsOf, membersEvents } from './members-events';
import { portalEvent } from './portal-event';
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
  const client = new EventBridgeClient(
    clientConfiguration({ requestHandler: { ...limits, throwOnRequestTimeout: true } }),
  );
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
  const deletions: ResourceChange[] = [];
  const read = (record: DynamoDBRecord) => {
    const change = readChange(record);
    if (change?.kind === 'membership') memberships.push(change);
    else if (change && !change.after) deletions.push(change);
    else add(events, change ? resourceEvent(change, values) : (holdEvent(record) ?? portalEvent(record)));
  };
  const failed: string[] = [];
  for (const record of records) failed.push(...(await attempt([sequenceNumber(record)], () => read(record))));

  failed.push(
    ...(await attempt(sequenceNumbers(deletions), async () => {
      const notes = await readDeletionNotes(tables, deletions);
      for (const change of deletions) {
        const event = () => add(events, resourceEvent(change, values, notes.get(namesKey(change))));
        failed.push(...(await attempt([change.facts.sequenceNumber], event)));
      }
    })),
    ...(await attempt(sequenceNumbers(memberships), async () => {
      const names = await readNames(tables, endsOf(memberships));
      const gone = endsOf(memberships.filter(({ action }) => action === 'removed'));
      const notes = await readDeletionNotes(
        tables,
        gone.filter((end) => !names.has(namesKey(end))),
      );
      events.push(...membersEvents(memberships, names, notes));
    })),
  );
  return [...failed, ...(await publish(bus, events))];
}

function add(events: ChangeEvent[], event: ChangeEvent | undefined): void {
  if (event) events.push(event);
}

function sequenceNumbers(changes: readonly Change[]): readonly string[] {
  return changes.map(({ facts }) => facts.sequenceNumber);
}

/** The identifier of a record for Lambda. If it is missing, the whole batch is reported, which Lambda then splits. */
export function sequenceNumber({ dynamodb }: DynamoDBRecord): string {
  return dynamodb?.SequenceNumber ?? '';
}
