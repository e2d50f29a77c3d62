import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from './engine/engine';

/** Resolves when every change so far was delivered to its subscribers: the records of streams are kept until then. */
export async function settled({ database, hurry }: Pick<Engine, 'database' | 'hurry'>): Promise<void> {
  const hasRecords = async () => {
    for await (const _ of database.entries('stream/', { limit: 1 })) return true;
    return false;
  };
  while (await hasRecords()) {
    hurry();
    await sleep(5);
  }
}
