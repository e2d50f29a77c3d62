import { appendFile } from 'node:fs/promises';
import type { BusEvent, EventTarget } from './event-bus';

interface Subject {
  readonly id?: unknown;
}

/** Shows each event as a line, and keeps it whole in a file where there is one, a line of JSON each. */
export function eventLog(file: string | undefined, log: (line: string) => void): EventTarget {
  return async (events) => {
    const lines = events.map((event) => `${JSON.stringify(event)}\n`).join('');
    if (file !== undefined) await appendFile(file, lines, { mode: 0o600 });
    for (const event of events) log(eventLine(event));
  };
}

/** What happened to which resource: no name, no value. */
function eventLine({ 'detail-type': type, detail }: BusEvent): string {
  const { tenantId, time, resource, group, members } = detail;
  const { id } = (resource ?? group ?? {}) as Subject;
  const count = Array.isArray(members) ? ` (${members.length})` : '';
  return `${String(time).slice(11, 19)} event ${type}${count} ${String(tenantId)} ${String(id)}`;
}
