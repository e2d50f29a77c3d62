import { Stream } from 'node:stream';
import type { Callback, DynaliteStore, Item, RangeOptions, SubDb, Table } from 'dynalite/types';
import type { Database, Write } from './database';
import { resourceNotFound } from './errors';
import { type Storage, tablePrefix } from './tables';

/** An item that a call read or wrote: its value before and after. */
export interface TouchedItem {
  readonly table: Table;
  readonly before?: Item;
  /** Absent in a deletion. */
  after?: Item;
  written: boolean;
}

/** What a call would change, until it is committed. */
export interface CallStore {
  readonly store: DynaliteStore;
  readonly writes: Write[];
  readonly touched: ReadonlyMap<string, TouchedItem>;
}

export const account = '000000000000';
export const region = () => process.env.AWS_REGION ?? 'us-east-1';

/** What dynalite reads of its options. */
export const limits = { options: { maxItemSize: 400 * 1024, createTableMs: 0 } };

/**
 * The store for one call of a dynalite action: reads go to the database, writes are only collected. An error thrown in
 * one of dynalite's callbacks goes to `fail`, because nothing else catches it.
 */
export function createCallStore({ database, tables }: Storage, fail: (error: unknown) => void): CallStore {
  const writes: Write[] = [];
  const touched = new Map<string, TouchedItem>();

  const subDb = (prefix: string, table?: string): SubDb => ({
    get(key, callback) {
      const read = async () => {
        const value = await database.get(prefix + key);
        if (table !== undefined) touched.set(prefix + key, touch(tables.get(table), value));
        callback(null, value);
      };
      read().catch(fail);
    },
    put(key, value, callback) {
      writes.push({ type: 'put', key: prefix + key, value });
      const item = touched.get(prefix + key);
      if (item) Object.assign(item, { after: value, written: true });
      callback(null);
    },
    del(key, callback) {
      writes.push({ type: 'del', key: prefix + key });
      const item = touched.get(prefix + key);
      if (item) item.written = true;
      callback(null);
    },
    // The engine runs one writing call at a time.
    lock: (_key, run) => run((callback) => callback),
    createKeyStream: (range) => toStream(database, prefix, range, 0, fail),
    createValueStream: (range) => toStream(database, prefix, range, 1, fail),
  });

  const store: DynaliteStore = {
    ...limits,
    // Only CreateTable asks for it.
    get tableDb() {
      return { ...subDb(tablePrefix), awsAccountId: account, awsRegion: region() };
    },
    getItemDb: (table) => subDb(itemPrefix(table), table),
    getIndexDb: (_type, table, index) => subDb(indexPrefix(table, index)),
    getTable(name, checkStatus, callback = checkStatus as Callback<Table>) {
      const table = tables.get(name);
      if (table) callback(null, table);
      else callback(resourceNotFound(checkStatus === false ? name : undefined));
    },
  };
  return { store, writes, touched };
}

const itemPrefix = (table: string) => `item/${table}/`;
const indexPrefix = (table: string, index: string) => `index/${table}/${index}/`;

function touch(table: Table | undefined, before: unknown): TouchedItem {
  if (!table) throw new Error('An item was read before its table.');
  return { table, written: false, ...(before ? { before: before as Item } : {}) };
}

/** A stream with the old interface that dynalite expects; reads only on demand. */
function toStream(
  database: Database,
  prefix: string,
  range: RangeOptions,
  part: 0 | 1,
  fail: (error: unknown) => void,
): NodeJS.EventEmitter {
  let wanted = true;
  const stream = Object.assign(new Stream(), {
    destroy() {
      wanted = false;
    },
  });
  const pump = async () => {
    for await (const entry of database.entries(prefix, range)) {
      if (wanted) stream.emit('data', entry[part]);
      if (!wanted) return;
    }
    stream.emit('end');
  };
  pump().catch(fail);
  return stream;
}
