import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Database, openDatabase } from './engine/database';
import { startError } from './start-error';

/**
 * Makes a folder this process's own. The lock is an empty LevelDB, for the lock that LevelDB takes belongs to the
 * operating system: it goes with the process however that ends, and no process id can be mistaken for another.
 * Resolves to what releases it.
 * @throws StartError when another process has the folder, or this one has it already.
 */
export async function lockFolder(path: string): Promise<() => Promise<void>> {
  const lock = join(path, 'lock');
  const pid = join(lock, 'pid');
  const database = await openLock(lock).catch(async (error: unknown) => {
    if (!isLocked(error)) throw error;
    const holder = await readFile(pid, 'utf8').catch(() => 'unknown');
    throw startError(
      `The data folder ${path} is in use by the process ${holder}: stop that one, or give --data another folder.`,
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
    // The lock is free, or it would say so; what is damaged holds nothing of value.
    await rm(path, { recursive: true, force: true });
    return await openDatabase(path);
  });
}

/** Whether a database could not be opened since somebody has it open. */
export function isLocked(error: unknown): boolean {
  return (error as { cause?: NodeJS.ErrnoException }).cause?.code === 'LEVEL_LOCKED';
}
