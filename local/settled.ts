import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from './engine/database';

/** Resolves when every change so far was delivered to its subscribers: the records of streams are kept until then. */
export async function settled(database: Pick<Database, 'entries'>): Promise<void> {
  const hasRecords = async () => {
    for await (const _ of database.entries('stream/', { limit: 1 })) return true;
    return false;
  };
  while (await hasRecords()) await sleep(5);
}
