import fc from 'fast-check';
import { mergeRows } from '../../web/console/activity/merge-rows';

const row = fc.record({
  id: fc.constantFrom(...'abcdefgh'),
  time: fc.constantFrom('2026-01-01', '2026-01-02', '2026-01-03'),
});
const rows = fc.uniqueArray(row, { selector: ({ id }) => id });

test('each row is there once, the newest first, and news replaces what was there', () => {
  fc.assert(
    fc.property(rows, rows, (news, last) => {
      const sorted = mergeRows(last, [{ id: 'z', time: '2025-01-01' }]);
      const merged = mergeRows(news, sorted);
      expect(new Set(merged.map(({ id }) => id)).size).toBe(merged.length);
      expect(merged.length).toBe(new Set([...news, ...sorted].map(({ id }) => id)).size);
      expect(
        [...merged].sort((a, b) => (a.time < b.time ? 1 : -Number(a.time > b.time))).map(({ time }) => time),
      ).toEqual(merged.map(({ time }) => time));
      for (const { id, time } of news) expect(merged.find((found) => found.id === id)?.time).toBe(time);
    }),
  );
});

test('without news, the rows are the same', () => {
  const last = [{ id: 'a', time: '1' }];
  expect(mergeRows([], last)).toBe(last);
});
