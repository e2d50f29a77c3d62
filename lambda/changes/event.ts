import { createHash } from 'node:crypto';
import type { ResourceTypeName } from '../scim/schema/profile';
import type { RecordFacts } from './change';

/** The events that are published; `docs/events/` has the schema of each. */
export type DetailType =
  | `${ResourceTypeName} ${'Created' | 'Updated' | 'Deleted'}`
  | `User ${'Disabled' | 'Enabled'}`
  | `Members ${'Added' | 'Removed'}`;

/** What every event's detail begins with. */
interface EventHead {
  readonly schemaVersion: '1';
  readonly id: string;
  readonly tenantId: string;
  readonly time: string;
}

/** An event with the records that it was made of. */
export interface ChangeEvent {
  readonly detailType: DetailType;
  readonly detail: EventHead & Readonly<Record<string, unknown>>;
  readonly sequenceNumbers: readonly string[];
}

/** The source of every event. */
export const source = 'serverless-scim';

/**
 * The most bytes of a request of PutEvents, hence of an entry: EventBridge takes 1 MB since 2026, but some
 * targets take 256 KB, with the envelope in which they get the entry.
 */
export const maxEntryBytes = 250_000;

/** What stands at the head of an event made of these records: the same for the same records. */
export function eventHead(tenantId: string, records: readonly RecordFacts[]): EventHead {
  const hash = createHash('sha256').update(records.map(({ eventId }) => eventId).join(' '));
  const time = records.map((record) => record.time).reduce((latest, other) => (other > latest ? other : latest), '');
  return { schemaVersion: '1', id: hash.digest('hex'), tenantId, time };
}

/** An entry's size as EventBridge counts it: the bytes of source, type and detail. */
export function entryBytes(detailType: DetailType, detail: object): number {
  return Buffer.byteLength(source) + Buffer.byteLength(detailType) + Buffer.byteLength(JSON.stringify(detail));
}
