import fc from 'fast-check';
import { makeCursor, type Position, readCursor } from '../../lambda/directory/cursor';
import type { ListQuery } from '../../lambda/directory/list-query';
import { ScimError } from '../../lambda/scim/message/error';

const now = new Date('2026-11-24T07:00:00.000Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);

const queries = fc.record<ListQuery>({
  filter: fc.option(fc.string(), { nil: undefined }),
  sortBy: fc.option(fc.string(), { nil: undefined }),
  descending: fc.boolean(),
  startIndex: fc.constant(1),
  count: fc.nat(200),
  cursor: fc.constant(''),
});
const positions: fc.Arbitrary<Position> = fc.oneof(
  fc.uuid().map((after) => ({ after })),
  fc.nat(1_000_000).map((offset) => ({ offset })),
);

test('a cursor gives back the position it was made from, for its query and whatever page size', () => {
  fc.assert(
    fc.property(queries, positions, fc.nat(200), (query, position, count) => {
      const cursor = makeCursor(query, ['User'], position, now);
      expect(cursor).toMatch(/^[-a-zA-Z0-9+=/:_]+$/);
      expect(readCursor(cursor, { ...query, count }, ['User'], later(3599))).toEqual(position);
    }),
  );
});

test('a cursor is refused for another query, another type, and after its time', () => {
  fc.assert(
    fc.property(queries, queries, positions, (query, other, position) => {
      const cursor = makeCursor(query, ['User'], position, now);
      const read =
        (asked: ListQuery, at = now) =>
        () =>
          readCursor(cursor, asked, ['User'], at);
      expect(read(query, later(3600))).toThrow(expect.objectContaining({ scimType: 'expiredCursor' }));
      expect(() => readCursor(cursor, query, ['Group'], now)).toThrow(
        expect.objectContaining({ scimType: 'invalidCursor' }),
      );
      fc.pre(other.filter !== query.filter || other.sortBy !== query.sortBy || other.descending !== query.descending);
      expect(read(other)).toThrow(expect.objectContaining({ scimType: 'invalidCursor' }));
    }),
  );
});

test('any text sent as a cursor gives a position or our error', () => {
  const mutated = fc
    .tuple(queries, positions, fc.nat(100), fc.string({ maxLength: 2 }))
    .map(([query, position, at, junk]) => {
      const cursor = makeCursor(query, ['User'], position, now);
      return `${cursor.slice(0, at)}${junk}${cursor.slice(at + 1)}`;
    });
  fc.assert(
    fc.property(fc.oneof(fc.string(), mutated), queries, (cursor, query) => {
      const outcome = attempt(() => readCursor(cursor, query, ['User'], now));
      expect(outcome.error === undefined || outcome.error instanceof ScimError).toBe(true);
    }),
  );
});

function attempt(step: () => unknown): { readonly error?: unknown } {
  try {
    step();
    return {};
  } catch (error) {
    return { error };
  }
}

test('a cursor with anything appended is not one that was made', () => {
  fc.assert(
    fc.property(queries, positions, fc.string({ minLength: 1, maxLength: 3 }), (query, position, junk) => {
      const cursor = makeCursor(query, ['User'], position, now);
      expect(() => readCursor(cursor + junk, query, ['User'], now)).toThrow(ScimError);
    }),
  );
});
