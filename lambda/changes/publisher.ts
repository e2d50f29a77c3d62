import { type EventBridgeClient, PutEventsCommand, type PutEventsResultEntry } from '@aws-sdk/client-eventbridge';
import { LostRace, retry } from '../directory/retry';
import { inParallel } from '../store/tables';
import { attempt } from './attempt';
import { type ChangeEvent, entryBytes, maxEntryBytes, source } from './event';
import { pack } from './pack';

/** Maximum number of entries in one EventBridge request. */
const requestEntries = 10;

/** The destination of events. */
export interface Bus {
  readonly client: Pick<EventBridgeClient, 'send'>;
  /** Name or ARN. */
  readonly name: string;
}

/** Publishes events. Resolves to the sequence numbers of the records whose event was not accepted. */
export async function publish(bus: Bus, events: readonly ChangeEvent[]): Promise<readonly string[]> {
  const bytesOf = ({ detailType, detail }: ChangeEvent) => entryBytes(detailType, detail);
  const requests = pack(events, bytesOf, maxEntryBytes, requestEntries);
  const failed = await inParallel(requests, (request) => publishRequest(bus, request));
  return failed.flat();
}

async function publishRequest(bus: Bus, events: readonly ChangeEvent[]): Promise<readonly string[]> {
  let pending = events;
  const failed = await attempt(sequenceNumbersOf(events), async () => {
    // EventBridge refuses single entries when it is busy. What it still refuses after this, the stream delivers again.
    await retry(async () => {
      const results = await put(bus, pending);
      pending = pending.filter((_, index) => results[index]?.EventId === undefined);
      if (pending.length > 0) throw new LostRace(`EventBridge refused ${pending.length} events: ${codesOf(results)}.`);
    });
  });
  return failed.length === 0 ? [] : sequenceNumbersOf(pending);
}

async function put({ client, name }: Bus, events: readonly ChangeEvent[]): Promise<readonly PutEventsResultEntry[]> {
  const { Entries = [] } = await client.send(
    new PutEventsCommand({
      Entries: events.map(({ detailType, detail }) => ({
        EventBusName: name,
        Source: source,
        DetailType: detailType,
        Detail: JSON.stringify(detail),
      })),
    }),
  );
  return Entries;
}

const sequenceNumbersOf = (events: readonly ChangeEvent[]) => events.flatMap((event) => event.sequenceNumbers);

function codesOf(results: readonly PutEventsResultEntry[]): string {
  const codes = results.flatMap(({ ErrorCode }) => ErrorCode ?? []);
  return [...new Set(codes)].join(', ');
}
