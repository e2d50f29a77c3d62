import fc from 'fast-check';
import { type Charge, countedFor, type HourCount, leftOf, limitOf, settle } from '../../lambda/directory/hour-count';

const start = Date.parse('2026-11-27T10:00:00Z');

function counter(limit: number): HourCount {
  return { limit, users: 0, counted: start, entries: new Map(), released: new Set() };
}

const charges = fc.array(
  fc.record({
    after: fc.integer({ min: 0, max: countedFor / 4 }),
    key: fc.constantFrom(...'abcdefghijkl'),
    amount: fc.integer({ min: 1, max: 7 }),
  }),
  { maxLength: 60 },
);

/** Settles charges one after the other; returns those that were allowed and counted, with their time. */
function play(limit: number, all: readonly { after: number; key: string; amount: number }[], holds: boolean) {
  const allowed: { readonly at: number; readonly key: string; readonly amount: number }[] = [];
  let count = counter(limit);
  let now = start;
  const held: boolean[] = [];
  for (const { after, ...change } of all) {
    now += after;
    const charge: Charge = { counter: 'users', ...change };
    const [{ within }, next] = settle(count, charge, { now }, holds);
    if (within) allowed.push({ at: now, ...change });
    held.push(!within);
    count = next;
  }
  return { allowed, held, count, now };
}

test('within any hour no more is allowed than the limit', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 30 }), charges, (limit, all) => {
      const { allowed } = play(
        limit,
        all.map((each, index) => ({ ...each, key: String(index) })),
        false,
      );
      for (const { at: end } of allowed) {
        const within = allowed.filter(({ at }) => at > end - countedFor && at <= end);
        expect(within.reduce((sum, { amount }) => sum + amount, 0)).toBeLessThanOrEqual(limit);
      }
    }),
  );
});

test('a key counts once within the hour after it was counted, with its largest amount', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 20 }), (amounts) => {
      const all = amounts.map((amount) => ({ after: 1, key: 'same', amount }));
      const { allowed, count } = play(9, all, true);
      expect(allowed).toHaveLength(amounts.length);
      expect(count.limit - leftOf(count)).toBe(Math.max(...amounts));
    }),
  );
});

test('once something is held, only what was counted before is allowed, for ever', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 }), charges, (limit, all) => {
      const { held, count } = play(limit, all, true);
      const first = held.indexOf(true);
      expect(count.held !== undefined).toBe(first !== -1);
      if (first === -1) return;
      const fresh: Charge = { counter: 'users', key: 'never seen', amount: 1 };
      const [{ within }, after] = settle(count, fresh, { now: start + 1000 * countedFor }, true);
      expect(within).toBe(false);
      expect(after.held).toBe(count.held);
    }),
  );
});

test('what was counted or held before a release does not count after it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 }), charges, (limit, all) => {
      const { count, now } = play(limit, all, true);
      const moment = { now: now + 2, since: now + 1 };
      const [charged, after] = settle(count, { counter: 'users', key: 'never seen', amount: limit }, moment, true);
      expect(charged).toEqual({ within: true, left: 0 });
      expect([...after.entries.keys()]).toEqual(['never seen']);
      expect(after.held).toBeUndefined();
    }),
  );
});

test('a key that was released passes while everything else is held, and is not counted', () => {
  const [, held] = settle(
    { ...counter(1), released: new Set(['r']) },
    { counter: 'users', key: 'big', amount: 2 },
    { now: start },
    true,
  );
  expect(settle(held, { counter: 'users', key: 'r', amount: 1 }, { now: start }, true)).toEqual([
    { within: true, left: 1 },
    held,
  ]);
  expect(settle(held, { counter: 'users', key: 's', amount: 1 }, { now: start }, true)[0].within).toBe(false);
});

test.each([
  ['users', 0, 20],
  ['users', 100, 20],
  ['users', 101, 21],
  ['users', 1_000, 200],
  ['users', 2_500, 500],
  ['users', 100_000, 500],
  ['members', 10, 50],
  ['members', 400, 80],
  ['members', 100_000, 1_000],
] as const)('the limit of %s for %d users is %d', (name, users, limit) => {
  expect(limitOf(name, users)).toBe(limit);
});
