import { rm, writeFile } from 'node:fs/promises';
import { ClassicLevel } from 'classic-level';
import { MemoryLevel } from 'memory-level';
import { createEmptyRanges } from './empty-ranges';

/** One change of a batch. Keys are `<section>/…/<key>`; values are JSON. */
export type Write =
  | { readonly type: 'put'; readonly key: string; readonly value: unknown }
  | { readonly type: 'del'; readonly key: string };

/** Bounds for the part of the keys after a prefix. */
export interface KeyRange {
  readonly gt?: string;
  readonly gte?: string;
  readonly lt?: string;
  readonly lte?: string;
  readonly reverse?: boolean;
  readonly limit?: number;
}

/** An ordered store of JSON values under string keys: LevelDB, on disk or in memory. */
export interface Database {
  get(key: string): Promise<unknown>;
  /** Keys (without the prefix) and values in key order. `prefix` ends with a slash; only the range is read. */
  entries(prefix: string, range?: KeyRange): AsyncIterable<readonly [key: string, value: unknown]>;
  /** Writes all or nothing. Survives any end of the process, but not a power failure. */
  batch(writes: readonly Write[]): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a database in a folder, or in memory without one.
 * @throws an error whose `cause` has a `code`: `LEVEL_LOCKED` when another process has it open, `LEVEL_CORRUPTION`…
 */
export async function openDatabase(path: string | undefined, createIfMissing = true): Promise<Database> {
  if (path === undefined) return overLevel(await opened(memory()), () => Promise.resolve());
  const level = await opened(new ClassicLevel<string, unknown>(path, { ...encoding, createIfMissing }));
  return overLevel(level, async () => {
    // Opening writes too. While there is no room, reading must go on.
    await checkRoom(path);
    await level.close();
    await level.open();
  });
}

async function opened(level: Level): Promise<Level> {
  await level.open();
  return level;
}

/** After a failed write LevelDB has a torn log and may refuse every other write, so it is reopened before the next. */
function overLevel(level: Level, reopen: () => Promise<void>): Database {
  const emptyRanges = createEmptyRanges();
  let failed = false;
  let reopening: Promise<void> | undefined;

  const recover = async () => {
    reopening ??= reopen().finally(() => {
      reopening = undefined;
    });
    await reopening;
    failed = false;
  };
  /** Readers wait while it is reopened. */
  const settle = () => reopening?.catch(() => undefined);

  return {
    // The data are nearly always in memory: using a thread would cost more than the read.
    async get(key) {
      if (reopening) await settle();
      return level.getSync(key);
    },
    async batch(writes) {
      if (failed) await recover();
      const written = emptyRanges.writing(writes);
      await level
        .batch([...writes])
        .catch((error: unknown) => {
          failed = true;
          throw error;
        })
        .finally(written);
    },
    close: () => level.close(),
    async *entries(prefix, range = {}) {
      if (reopening) await settle();
      const bounds = within(prefix, range);
      if (emptyRanges.has(bounds)) return;
      const foundNothing = emptyRanges.reading(bounds);
      let isEmpty = true;
      for await (const entries of readAll(level.iterator(bounds))) {
        isEmpty = false;
        for (const [key, value] of entries) yield [key.slice(prefix.length), value] as const;
      }
      if (isEmpty) foundNothing();
    },
  };
}

/** Each read uses a thread, which costs more than what it reads: the iterator's own first one is of one entry. */
async function* readAll(iterator: Iterator): AsyncIterable<[key: string, value: unknown][]> {
  try {
    for (let size = firstRead; ; size = nextRead) {
      const entries = await iterator.nextv(size);
      if (entries.length === 0) return;
      yield entries;
    }
  } finally {
    await iterator.close();
  }
}

/** How many entries are read at once: at first as many as a page has. */
const firstRead = 101;
const nextRead = 1000;

/** How many bytes are read at once, about: LevelDB's own 16 KB would end a page of a list after a fifth of it. */
const mostBytes = 1024 * 1024;

/** About what LevelDB writes when it is opened: what its log holds. */
const neededBytes = 8 * 1024 * 1024;

/** @throws Error when there is no room for a file of that size beside a database */
async function checkRoom(path: string): Promise<void> {
  const probe = `${path}.room`;
  await writeFile(probe, Buffer.alloc(neededBytes)).finally(() => rm(probe, { force: true }));
}

const encoding = { keyEncoding: 'utf8', valueEncoding: 'json' } as const;

/** The methods used of both classes: TypeScript cannot call a method of their union. */
interface Level {
  open(): Promise<void>;
  getSync(key: string): unknown;
  batch(writes: Write[]): Promise<void>;
  iterator(range: ReturnType<typeof within>): Iterator;
  close(): Promise<void>;
}

interface Iterator {
  /** Resolves to no entries at the end. */
  nextv(size: number): Promise<[string, unknown][]>;
  close(): Promise<void>;
}

const memory = (): Level => new MemoryLevel<string, unknown>(encoding);

function within(prefix: string, { gt, gte, lt, lte, reverse = false, limit = -1 }: KeyRange) {
  const lower = gt === undefined ? { gte: prefix + (gte ?? '') } : { gt: prefix + gt };
  const upper = lte === undefined ? { lt: lt === undefined ? after(prefix) : prefix + lt } : { lte: prefix + lte };
  return { ...lower, ...upper, reverse, limit, highWaterMarkBytes: mostBytes };
}

/** The first key after all that have this prefix: `0` follows the slash. */
const after = (prefix: string) => `${prefix.slice(0, -1)}0`;
