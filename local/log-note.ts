import { closeSync, fstatSync, openSync, readdirSync, writeSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from './engine/database';

/** The two files of a LevelDB that only grow: the log of the last writes, and the list of the other files. */
const growing = { log: /^\d+\.log$/, manifest: /^MANIFEST-\d+$/ };

/** Bytes by the name of a file. */
type Sizes = Readonly<Record<string, number>>;

/**
 * Wraps a LevelDB so that after each write a file beside it says how long the log and the manifest are. LevelDB takes
 * one that was cut off for one that ended there.
 */
export function noteSizes(database: Database, folder: string, note: string): Database {
  const out = openSync(note, 'w', 0o600);
  const files = followNewest(folder);
  const write = () => {
    const sizes = files.sizes();
    // One write of the same length each time: it is there whole, also on a disk that is full by now.
    writeSync(out, JSON.stringify(sizes).padEnd(120), 0);
  };
  let closed = false;
  write();
  return {
    ...database,
    async batch(writes) {
      await database.batch(writes);
      write();
    },
    async close() {
      if (closed) return;
      closed = true;
      await database.close();
      files.close();
      closeSync(out);
    },
  };
}

/** Follows the newest log and the newest manifest: LevelDB begins others now and then, and deletes those before. */
function followNewest(folder: string): { sizes(): Sizes; close(): void } {
  let files: readonly (readonly [name: string, file: number])[] = [];
  let logged = -1;
  const close = () => {
    for (const [, file] of files) closeSync(file);
    files = [];
  };
  const open = () => {
    close();
    const names = readdirSync(folder);
    files = Object.values(growing)
      .flatMap((pattern) => newestOf(names, pattern) ?? [])
      .map((name) => [name, openSync(join(folder, name), 'r')]);
  };
  const read = () => files.map(([name, file]) => [name, fstatSync(file).size] as const);
  return {
    close,
    sizes() {
      let sizes = read();
      // A log that did not grow may not be the newest any more. A manifest begins with a log only, when LevelDB is opened.
      if (sizes.length === 0 || sizes[0]?.[1] === logged) {
        open();
        sizes = read();
      }
      logged = sizes[0]?.[1] ?? -1;
      return Object.fromEntries(sizes);
    },
  };
}

function newestOf(names: readonly string[], pattern: RegExp): string | undefined {
  return names
    .filter((name) => pattern.test(name))
    .sort((a, b) => numberIn(a) - numberIn(b))
    .at(-1);
}

const numberIn = (name: string) => Number(/\d+/.exec(name)?.[0]);

/** Compares a LevelDB that is closed with the note of its sizes. Resolves to what is missing; a note must not be there. */
export async function findLoss(folder: string, note: string): Promise<string | undefined> {
  const text = await readFile(note, 'utf8').catch(() => '');
  if (text === '') return undefined;
  const names = await readdir(folder);
  for (const [name, bytes] of Object.entries(JSON.parse(text) as Sizes)) {
    const pattern = Object.values(growing).find((each) => each.test(name));
    const isReplaced = pattern !== undefined && numberIn(newestOf(names, pattern) ?? '0') > numberIn(name);
    const { size } = await stat(join(folder, name)).catch(() => ({ size: isReplaced ? bytes : 0 }));
    if (size < bytes) {
      return `${name} has lost ${bytes - size} of its ${bytes} bytes; to go on without them, delete the file ${note}`;
    }
  }
  return undefined;
}
