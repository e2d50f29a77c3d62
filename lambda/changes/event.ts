import { createHash } from 'node:crypto';
import type { ResourceTypeName } from '../scim/schema/profile';
import type { PortalEventType } from '../store/portal-events';
import type { RecordFacts } from './change';

/** The events that are published; `docs/events/` has the schema of each. */
export type DetailType =
  | `${ResourceTypeName} ${'Created' | 'Updated' | 'Deleted' | 'Restored'}`
  | `User ${'Disabled' | 'Enabled'}`
  | `Members ${'Added' | 'Removed'}`
  | `Tenant ${'Held' | 'Released'}`
  | PortalEventType;

/** The properties that every event's detail has. */
interface EventHead {
  readonly schemaVersion: '1';
  readonly id: string;
  readonly tenantId: string;
  readonly time: string;
}

/** An event with the records that it was made from. */
export interface ChangeEvent {
  readonly detailType: DetailType;
  readonly detail: EventHead & Readonly<Record<string, unknown>>;
  readonly sequenceNumbers: readonly string[];
}

/** The source of every event. */
export const source = 'serverless-scim';

/**
 * Maximum bytes of a PutEvents request, and so of an entry. EventBridge accepts 1 MB since 2026, but some
 * targets accept 256 KB, including the envelope around the entry.
 */
export const maxEntryBytes = 250_000;

/** The common properties of an event made from these records; the same for the same records. */
export function eventHead(tenantId: string, records: readonly RecordFacts[]): EventHead {
  const hash = createHash('sha256').update(records.map(({ eventId }) => eventId).join(' '));
  const time = records.map((record) => record.time).reduce((latest, other) => (other > latest ? other : latest), '');
  return { schemaVersion: '1', id: hash.digest('hex'), tenantId, time };
}

/** An entry's size as EventBridge counts it: the bytes of source, type and detail. */
export function entryBytes(detailType: DetailType, detail: object): number {
  return Buffer.byteLength(source) + Buffer.byteLength(detailType) + Buffer.byteLength(JSON.stringify(detail));
}
