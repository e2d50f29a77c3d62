import { appendFileSync } from 'node:fs';
import type { BusEvent, EventTarget } from './event-bus';

interface Subject {
  readonly id?: unknown;
}

/** Prints each event as a line, and writes the complete event to a file, if there is one, as a line of JSON. */
export function eventLog(file: string | undefined, log: (line: string) => void): EventTarget {
  return async (events) => {
    const lines = events.map((event) => `${JSON.stringify(event)}\n`).join('');
    // Without a thread: opening, writing and closing would use one each.
    if (file !== undefined) appendFileSync(file, lines, { mode: 0o600 });
    for (const event of events) log(eventLine(event));
  };
}

/** Describes an event without names or values. */
function eventLine({ 'detail-type': type, detail }: BusEvent): string {
  const { tenantId, time, resource, group, members } = detail;
  const { id } = (resource ?? group ?? {}) as Subject;
  const count = Array.isArray(members) ? ` (${members.length})` : '';
  return `${String(time).slice(11, 19)} event ${type}${count} ${String(tenantId)} ${String(id)}`;
}
