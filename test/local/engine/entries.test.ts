import { createHook } from 'node:async_hooks';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../../local/engine/database';

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

test('a page of large entries takes a thread once', async () => {
  const path = await mkdtemp(join(tmpdir(), 'entries-'));
  const database = await openDatabase(path);
  await database.batch(keys.slice(0, 100).map((key) => ({ type: 'put', key: `item/${key}`, value: 'x'.repeat(2000) })));
  let threads = 0;
  const counting = createHook({
    init(_id, type) {
      if (type === 'classic_level.iterator.next') threads += 1;
    },
  }).enable();
  let found = 0;
  for await (const _ of database.entries('item/')) found += 1;
  counting.disable();
  expect(found).toBe(100);
  expect(threads).toBe(1);
  await database.close();
  await rm(path, { recursive: true });
});
