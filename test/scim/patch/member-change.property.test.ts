import fc from 'fast-check';
import type { JsonObject } from '../../../lambda/scim/json';
import { memberChange } from '../../../lambda/scim/members/change';
import type { Member } from '../../../lambda/scim/members/member';
import { parsePatch } from '../../../lambda/scim/patch/operations';
import { resourceView } from '../../../lambda/scim/schema/view';

const group = resourceView('standard', 'Group');
const ids = ['a1', 'a2', 'a3', 'b1', 'b2'] as const;
const id = fc.constantFrom(...ids);

/** An operation, and what it does to a set of identifiers. */
interface Modelled {
  readonly operation: JsonObject;
  readonly apply: (members: ReadonlySet<string>) => ReadonlySet<string>;
}

const modelled: fc.Arbitrary<Modelled> = fc.oneof(
  fc.uniqueArray(id).map(
    (added): Modelled => ({
      operation: { op: 'add', path: 'members', value: added.map((value) => ({ value })) },
      apply: (members) => new Set([...members, ...added]),
    }),
  ),
  fc.uniqueArray(id).map(
    (kept): Modelled => ({
      operation: { op: 'replace', path: 'members', value: kept.map((value) => ({ value })) },
      apply: () => new Set(kept),
    }),
  ),
  fc.uniqueArray(id).map(
    (removed): Modelled => ({
      operation: { op: 'Remove', path: 'members', value: removed.map((value) => ({ value })) },
      apply: (members) => new Set([...members].filter((each) => !removed.some((other) => other === each))),
    }),
  ),
  fc.constant<Modelled>({ operation: { op: 'remove', path: 'members' }, apply: () => new Set() }),
  fc.uniqueArray(id, { minLength: 1 }).map(
    (removed): Modelled => ({
      operation: { op: 'remove', path: `members[${removed.map((value) => `value eq "${value}"`).join(' or ')}]` },
      apply: (members) => new Set([...members].filter((each) => !removed.some((other) => other === each))),
    }),
  ),
  fc.constantFrom('a', 'b').map(
    (letter): Modelled => ({
      operation: { op: 'remove', path: `members[not (value sw "${letter}")]` },
      apply: (members) => new Set([...members].filter((each) => each.startsWith(letter))),
    }),
  ),
);

test('the net change gives the members that the operations give one after the other', () => {
  fc.assert(
    fc.property(fc.uniqueArray(id), fc.array(modelled, { maxLength: 8 }), (present, operations) => {
      const members: readonly Member[] = present.map((value) => ({ value }));
      const parsed = parsePatch(group, { Operations: operations.map(({ operation }) => operation) });
      const change = memberChange(parsed.members, members);

      const expected = operations.reduce<ReadonlySet<string>>((set, { apply }) => apply(set), new Set(present));
      const kept = change.replaces ? [] : present.filter((value) => !change.removed.has(value));
      expect(new Set([...kept, ...change.added.keys()])).toEqual(expected);
      expect([...change.added.keys()].filter((value) => change.removed.has(value))).toEqual([]);
      expect(change.replaces && change.removed.size > 0).toBe(false);
      expect(parsed.attributes).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});
