import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Database, openDatabase } from './engine/database';
import { startError } from './start-error';

/**
 * Locks a folder for this process. The lock is an empty LevelDB, because LevelDB uses a lock of the operating system: it
 * is released when the process ends in any way, and does not depend on process ids.
 * Resolves to the function that releases it.
 * @throws StartError if a process has locked the folder
 */
export async function lockFolder(path: string): Promise<() => Promise<void>> {
  const lock = join(path, 'lock');
  const pid = join(lock, 'pid');
  const database = await openLock(lock).catch(async (error: unknown) => {
    if (!isLocked(error)) throw error;
    const holder = await readFile(pid, 'utf8').catch(() => 'unknown');
    throw startError(
      `The data folder ${path} is in use by the process ${holder}: stop that process, or pass --data another folder.`,
      error,
    );
  });
  await writeFile(pid, String(process.pid));
  return async () => {
    await rm(pid, { force: true });
    await database.close();
  };
}

async function openLock(path: string): Promise<Database> {
  return await openDatabase(path).catch(async (error: unknown) => {
    if (isLocked(error)) throw error;
    // The lock is free, otherwise the error would be different. Damaged files of the lock have no data.
    await rm(path, { recursive: true, force: true });
    return await openDatabase(path);
  });
}

/** Whether a database could not be opened because it is open already. */
export function isLocked(error: unknown): boolean {
  return (error as { cause?: NodeJS.ErrnoException }).cause?.code === 'LEVEL_LOCKED';
}
