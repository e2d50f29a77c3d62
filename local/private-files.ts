import { chmod, lstat, mkdtemp, open, readdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startError } from './start-error';

/**
 * Takes a file, or a folder with what is in it, from everybody but its user. Links are left alone.
 * @throws StartError when something there cannot be written
 */
export async function makePrivate(path: string): Promise<void> {
  const entry = await lstat(path).catch(() => undefined);
  if (entry?.isDirectory()) {
    await checkWritable(path);
    await chmod(path, 0o700);
    for (const name of await readdir(path)) await makePrivate(join(path, name));
  }
  if (entry?.isFile()) {
    await checkWritable(path);
    await chmod(path, 0o600);
  }
}

/** @throws StartError when this user may not write a file or folder, or nobody may */
export async function checkWritable(path: string): Promise<void> {
  await tryWriting(path).catch((error: NodeJS.ErrnoException) => {
    throw startError(
      `${path} cannot be written (${error.code}): change its owner or mode, or give --data another folder.`,
      error,
    );
  });
}

async function tryWriting(path: string): Promise<void> {
  if ((await lstat(path)).isDirectory()) return await rmdir(await mkdtemp(join(path, 'probe-')));
  await (await open(path, 'r+')).close();
}
