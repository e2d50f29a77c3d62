import { randomUUID } from 'node:crypto';
import { awsError, type Reply, toReply } from './aws-error';
import type { Service } from './aws-requests';
import { account, region } from './engine/call-store';

/** An event as EventBridge delivers it to a rule's target. */
export interface BusEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Gets the events of a request. If it rejects, the entries fail and are sent again. */
export type EventTarget = (events: readonly BusEvent[]) => Promise<void>;

interface ResultEntry {
  readonly EventId?: string;
  readonly ErrorCode?: string;
  readonly ErrorMessage?: string;
}

type Entry = Readonly<Record<string, unknown>>;
type Accepted = { readonly event: BusEvent } | { readonly error: ResultEntry };

const putTarget = 'AWSEvents.PutEvents';
const maxEntries = 10;
const maxBytes = 256 * 1024;

/** Creates an EventBridge bus in this process, with one target that gets every event. */
export function createEventBus(name: string, target: EventTarget): Service {
  const put = async ({ Entries }: Record<string, unknown>) => {
    const accepted = readEntries(Entries).map((entry) => accept(entry, name));
    const events = accepted.flatMap((entry) => ('event' in entry ? [entry.event] : []));
    if (events.length > 0) await target(events);
    const results = accepted.map(
      (entry): ResultEntry => ('event' in entry ? { EventId: entry.event.id } : entry.error),
    );
    return { FailedEntryCount: results.filter(({ ErrorCode }) => ErrorCode).length, Entries: results };
  };
  return {
    call: (operation, body): Promise<Reply> =>
      toReply(() => {
        if (operation === putTarget) return put(body as Record<string, unknown>);
        throw awsError('UnknownOperationException', `The local endpoint has no operation ${operation}.`);
      }),
  };
}

/** The entries of a request. @throws AwsError ValidationException for too many or too much */
function readEntries(entries: unknown): readonly Entry[] {
  if (!Array.isArray(entries) || entries.length === 0 || entries.length > maxEntries) {
    throw awsError('ValidationException', `A request has 1 to ${maxEntries} entries.`);
  }
  const bytes = (entries as Entry[]).reduce((sum, entry) => sum + bytesOf(entry), 0);
  if (bytes <= maxBytes) return entries as Entry[];
  throw awsError('ValidationException', 'Total size of the entries in the request is over the limit.');
}

/** An entry's size as EventBridge counts it. */
function bytesOf({ Time, Source, DetailType, Detail, Resources }: Entry): number {
  const texts = [Source, DetailType, Detail, ...(Array.isArray(Resources) ? Resources : [])];
  return texts.reduce((sum: number, text) => sum + Buffer.byteLength(String(text ?? '')), Time === undefined ? 0 : 14);
}

function accept({ EventBusName, Source, DetailType, Detail, Resources = [] }: Entry, name: string): Accepted {
  if (EventBusName !== name) return refuse('InvalidArgument', 'There is no such bus.');
  if (typeof Source !== 'string' || typeof DetailType !== 'string' || typeof Detail !== 'string') {
    return refuse('InvalidArgument', 'Source, DetailType and Detail are required.');
  }
  const detail = parse(Detail);
  if (!detail) return refuse('MalformedDetail', 'Detail is malformed.');
  return {
    event: {
      version: '0',
      id: randomUUID(),
      'detail-type': DetailType,
      source: Source,
      account,
      time: `${new Date().toISOString().slice(0, 19)}Z`,
      region: region(),
      resources: Resources as string[],
      detail,
    },
  };
}

const refuse = (ErrorCode: string, ErrorMessage: string): Accepted => ({ error: { ErrorCode, ErrorMessage } });

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
