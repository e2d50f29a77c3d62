import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { Sorter } from '../../../operator/text/sorter';

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '\t', '\n', '\r', '\u2028', '\u2029', '"', '\\', '\ud800', '\uffff', 'a\tb\nc'),
);
const entry = fc.record({
  key: text,
  rank: fc.nat(3),
  value: fc.record({ text, list: fc.array(text, { maxLength: 3 }) }),
});

async function all<Value>(values: AsyncIterable<Value>): Promise<readonly Value[]> {
  const found: Value[] = [];
  for await (const value of values) found.push(value);
  return found;
}

const byText = (a: string, b: string) => Number(a > b) - Number(a < b);

test('any values come out complete, grouped by key and in the order of ranks, with any number of runs on disk', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(entry), fc.constantFrom(0, 60, 400, 100_000), async (entries, room) => {
      const sorter = new Sorter<(typeof entries)[0]['value']>(room);
      for (const each of entries) await sorter.add(each);
      const groups = await all(sorter.grouped());
      await sorter.close();
      const asText = (values: readonly object[]) => values.map((value) => JSON.stringify(value)).sort(byText);
      expect(asText(groups.flat())).toEqual(asText(entries));
      const keys = groups.map(([first]) => first?.key);
      expect(new Set(keys).size).toBe(keys.length);
      for (const group of groups) {
        const ranks = group.map(({ rank }) => rank);
        expect(ranks).toEqual([...ranks].sort());
      }
    }),
    { numRuns: 60 },
  );
});

test('no file with its data has a name, while it works and afterwards', async () => {
  const named = () => readdirSync(tmpdir()).filter((name) => name.startsWith('scim-admin-'));
  const sorter = new Sorter<string>(100);
  for (let at = 0; at < 100; at++) await sorter.add({ key: String(at), rank: 0, value: 'x'.repeat(20) });
  expect(sorter.runCount).toBeGreaterThan(3);
  expect(named()).toEqual([]);
  await sorter.close();
  expect(named()).toEqual([]);
});

test('it holds no more than its room in memory', async () => {
  const sorter = new Sorter<string>(1_000);
  let most = 0;
  for (let at = 0; at < 1_000; at++) {
    await sorter.add({ key: String(at), rank: 0, value: 'x'.repeat(80) });
    most = Math.max(most, sorter.heldCharacters);
  }
  expect(most).toBeLessThanOrEqual(1_000);
  expect(await all(sorter.sorted())).toHaveLength(1_000);
  await sorter.close();
});
