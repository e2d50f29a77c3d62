import { randomUUID } from 'node:crypto';
import type { Note } from '../../lambda/directory/note';
import type { Collection, Deletion, IndexEntry, IndexedResource } from '../../lambda/directory/store';

export const users: Collection = { tenantId: 'tenantaaaaaa', type: 'User' };
export const groups: Collection = { tenantId: 'tenantaaaaaa', type: 'Group' };
const instant = '2026-11-24T07:00:00.000Z';
export const note: Note = { request: 'request-1', credential: 'tokenaaaaaaa' };

export const deletion: Required<Deletion> = { deleted: instant, by: note };

/** A user with a userName claim, an externalId entry and a claim on its email. */
export function user(name: string, more: Partial<Record<'externalId' | 'email' | 'id', string>> = {}): IndexedResource {
  const email = more.email ?? `${name}@example.com`;
  const entries: IndexEntry[] = [
    { index: 'userName', value: name, key: name.toLowerCase(), unique: true },
    { index: 'emails', value: email, key: email.toLowerCase(), unique: true },
  ];
  if (more.externalId) {
    entries.push({ index: 'externalId', value: more.externalId, key: more.externalId, unique: true });
  }
  const resource = {
    userName: name,
    emails: [{ value: email, primary: true }],
    ...(more.externalId && { externalId: more.externalId }),
  };
  return {
    stored: { id: more.id ?? randomUUID(), version: 1, created: instant, modified: instant, resource },
    entries,
  };
}

export function group(name: string): IndexedResource {
  return {
    stored: {
      id: randomUUID(),
      version: 1,
      created: instant,
      modified: instant,
      resource: { displayName: name },
    },
    entries: [{ index: 'displayName', value: name, key: name.toLowerCase(), unique: true }],
  };
}
