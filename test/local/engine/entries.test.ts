import { createHook } from 'node:async_hooks';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, type KeyRange, openDatabase } from '../../../local/engine/database';

const keys = Array.from({ length: 2500 }, (_, at) => String(at).padStart(4, '0'));

test.each([
  ['none', {}, keys.slice(0, 0), 'other/'],
  ['all, in order', {}, keys],
  ['as many as one read has', { limit: 101 }, keys.slice(0, 101)],
  ['one more', { limit: 102 }, keys.slice(0, 102)],
  ['a range, from its end', { gt: '0999', lte: '2200', reverse: true }, keys.slice(1000, 2201).reverse()],
])('a prefix has its entries: %s', async (_, range, expected, prefix = 'item/') => {
  const database = await openDatabase(undefined);
  await database.batch(keys.map((key) => ({ type: 'put', key: `item/${key}`, value: key })));
  const found: unknown[] = [];
  for await (const [key, value] of database.entries(prefix, range)) {
    expect(value).toBe(key);
    found.push(key);
  }
  expect(found).toEqual(expected);
  await database.close();
});

describe('on disk', () => {
  let path: string;
  let database: Database;
  beforeEach(async () => {
    path = await mkdtemp(join(tmpdir(), 'entries-'));
    database = await openDatabase(path);
  });
  afterEach(async () => {
    await database.close();
    await rm(path, { recursive: true });
  });

  /** The keys of a partition, and how often a thread was used to read them. */
  const read = async (range: KeyRange = {}) => {
    let threads = 0;
    const counting = createHook({
      init(_id, type) {
        if (type === 'classic_level.iterator.next') threads += 1;
      },
    }).enable();
    const found: string[] = [];
    for await (const [key] of database.entries('item/', range)) found.push(key);
    counting.disable();
    return { found, threads };
  };
  const put = (key: string, value = '') => database.batch([{ type: 'put', key: `item/${key}`, value }]);
  const partition = (name: string) => ({ gte: `${name}/`, lt: `${name}/~` });

  test('a page of large entries takes a thread once', async () => {
    for (const key of keys.slice(0, 100)) await put(key, 'x'.repeat(2000));
    expect(await read()).toEqual({ found: keys.slice(0, 100), threads: 1 });
  });

  test('a partition without entries takes none until it has some', async () => {
    expect(await read(partition('a'))).toEqual({ found: [], threads: 1 });
    await put('aa/1');
    expect(await read(partition('a'))).toEqual({ found: [], threads: 0 });
    await put('a/b/1');
    expect(await read(partition('a'))).toEqual({ found: ['a/b/1'], threads: 1 });
    expect((await read({ gt: 'a/b/1', lt: 'a/~' })).found).toEqual([]);
    await put('a/b/2');
    expect((await read({ gt: 'a/b/1', lt: 'a/~' })).found).toEqual(['a/b/2']);
    expect([(await read(partition('c'))).threads, (await read(partition('c'))).threads]).toEqual([1, 0]);
  });

  test('what is written while a partition is read is found afterwards', async () => {
    for (let at = 0; at < 200; at += 1) {
      const name = String(at);
      const reading = [read(partition(name)), read(partition(name))];
      const writing = put(`${name}/1`);
      await Promise.all([...reading, writing, read(partition(name))]);
      expect((await read(partition(name))).found).toEqual([`${name}/1`]);
    }
  });
});
