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
