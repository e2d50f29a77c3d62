import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProfileName } from '../lambda/scim/schema/profile';
import { connectionFile } from '../operator/connection/local';
import { markerFile } from './confirm-reset';
import { findDamage } from './data-check';
import { type Database, openDatabase } from './engine/database';
import { isLocked, lockFolder } from './folder-lock';
import { findLoss, noteSizes } from './log-note';
import { checkWritable, makePrivate } from './private-files';
import { startError, startErrorName } from './start-error';

/** The data folder of one local endpoint, locked while it is open. */
export interface DataFolder {
  readonly path: string;
  readonly profile: ProfileName;
  readonly database: Database;
  /** Whether the folder had data before; if not, `confirm` records that it has them now. */
  readonly hasData: boolean;
  confirm(): Promise<void>;
  /** The API token of the first tenant, where one was saved. */
  readToken(): Promise<string | undefined>;
  saveToken(token: string): Promise<void>;
  /** The file for the events. */
  readonly events: string;
  /** Writes how `scim-admin --local` reaches the endpoint; removed when the folder is closed. */
  saveConnection(facts: object): Promise<void>;
  close(): Promise<void>;
}

export interface DataFolderOptions {
  readonly path: string;
  /** @default the profile of the data; for new data `identity-center` */
  readonly profile?: ProfileName | undefined;
  /** Whether to delete the data first. */
  readonly reset?: boolean;
}

/** Marks a folder as ours. `ready` once it has data: from then on the data must exist. */
interface Marker {
  readonly format: number;
  readonly profile: ProfileName;
  readonly created: string;
  readonly ready?: true;
}

const files = {
  marker: markerFile,
  lock: 'lock',
  database: 'db',
  sizes: 'sizes.json',
  token: 'token',
  connection: connectionFile,
  events: 'events.jsonl',
};

const deletedByReset = ['database', 'sizes', 'token', 'connection', 'events', 'marker'] as const;

/** Files that an interrupted first start may leave. */
const beginnings: readonly string[] = [files.lock, `${files.marker}.new`];

/**
 * Opens a data folder, or creates one if the path does not exist or is an empty folder. Never changes a folder that is
 * not ours, or damaged data.
 * @throws StartError if the folder is not ours, in use, damaged, or has another profile
 */
export async function openDataFolder({ path, profile, reset = false }: DataFolderOptions): Promise<DataFolder> {
  try {
    await checkOurs(path);
    for (const name of Object.values(files)) await makePrivate(join(path, name));
    // What LevelDB makes is for this user only as well.
    process.umask(0o077);
    const unlock = await lockFolder(path);
    return await openLocked(path, profile, reset, unlock).catch(async (error: unknown) => {
      await unlock();
      throw error;
    });
  } catch (error) {
    if ((error as Error).name === startErrorName) throw error;
    throw startError(`The data folder ${path} cannot be used: ${(error as Error).message}`, error);
  }
}

async function openLocked(
  path: string,
  profile: ProfileName | undefined,
  reset: boolean,
  release: () => Promise<void>,
): Promise<DataFolder> {
  const file = (name: keyof typeof files) => join(path, files[name]);
  const old = await readMarker(path);
  if (reset) for (const name of deletedByReset) await remove(file(name));
  const marker = (!reset && old) || newMarker(profile);
  if (profile !== undefined && profile !== marker.profile) {
    throw startError(
      `The data in ${path} have the profile ${marker.profile}, not ${profile}: omit --profile, pass --data another folder, or delete the data with --reset.`,
    );
  }
  await writeMarker(path, marker);
  const hasData = marker.ready ?? false;
  const database = await openUndamaged(path, hasData);
  return {
    path,
    profile: marker.profile,
    database,
    hasData,
    events: file('events'),
    confirm: () => writeMarker(path, { ...marker, ready: true }),
    async close() {
      await remove(file('connection'));
      await database.close();
      await release();
    },
    readToken: () => readFile(file('token'), 'utf8').then((text) => text.trim() || undefined, ifMissing(undefined)),
    saveToken: (token) => replaceFile(file('token'), `${token}\n`),
    saveConnection: (facts) => replaceFile(file('connection'), `${JSON.stringify(facts, undefined, 2)}\n`),
  };
}

/** A folder that is not empty must have our marker. */
async function checkOurs(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  const names = await readdir(path);
  if (names.includes(files.marker) || names.every((name) => beginnings.includes(name))) {
    await checkWritable(path);
    return await chmod(path, 0o700);
  }
  throw startError(
    `The folder ${path} has other files and no ${files.marker}, so it is not a data folder: pass --data an empty folder, or one that does not exist.`,
  );
}

async function readMarker(path: string): Promise<Marker | undefined> {
  const text = await readFile(join(path, files.marker), 'utf8').catch(ifMissing(undefined));
  if (text === undefined) return undefined;
  const marker = parse(path, text);
  if (marker) return marker;
  throw startError(
    `The file ${join(path, files.marker)} is damaged, so nothing was changed: restore the file, or pass --data another folder.`,
  );
}

/** @throws StartError if another release wrote it */
function parse(path: string, text: string): Marker | undefined {
  let marker: Partial<Marker>;
  try {
    marker = Object(JSON.parse(text));
  } catch {
    return undefined;
  }
  if (typeof marker.profile !== 'string' || typeof marker.format !== 'number') return undefined;
  if (marker.format === format) return marker as Marker;
  throw startError(
    `The data in ${path} are of another release, which stored them differently, so nothing was changed: delete the folder, or pass --data another one.`,
  );
}

/** The version of what is stored; data of another one cannot be read. */
const format = 2;

const newMarker = (profile: ProfileName = 'identity-center'): Marker => ({
  format,
  profile,
  created: new Date().toISOString(),
});

const writeMarker = (path: string, marker: Marker) =>
  replaceFile(join(path, files.marker), `${JSON.stringify(marker, undefined, 2)}\n`);

async function openUndamaged(path: string, ready: boolean): Promise<Database> {
  const folder = join(path, files.database);
  const sizes = join(path, files.sizes);
  const find = async () => (await findDamage(folder)) ?? (await findLoss(folder, sizes));
  const damage = ready ? await find().catch((error: unknown) => (error as Error).message) : undefined;
  if (damage) throw damaged(path, damage);
  const database = await openDatabase(folder, !ready).catch((error: unknown) => {
    if (isLocked(error))
      throw startError(`The data in ${path} are in use by another process: stop that process.`, error);
    throw damaged(path, (error as { cause?: Error }).cause?.message ?? String(error));
  });
  return noteSizes(database, folder, sizes);
}

/** The error for damaged data. */
export const damaged = (path: string, damage: string) =>
  startError(
    `The data in ${path} are damaged (${damage}), so nothing was changed: restore a copy, or delete the data with --reset.`,
  );

/** Writes a file completely or not at all, readable for this user only. */
async function replaceFile(path: string, text: string): Promise<void> {
  const next = `${path}.new`;
  await rm(next, { force: true });
  await writeFile(next, text, { mode: 0o600 });
  await rename(next, path);
}

const remove = (path: string) => rm(path, { recursive: true, force: true });

/** Returns undefined if the file does not exist. */
function ifMissing<T>(value: T): (error: unknown) => T {
  return (error) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return value;
    throw error;
  };
}
