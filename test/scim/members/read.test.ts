import fc from 'fast-check';
import type { Json } from '../../../lambda/scim/json';
import { readBodyMembers, readMemberIds } from '../../../lambda/scim/members/read';
import { ScimError } from '../../../lambda/scim/message/error';
import { parsePatch } from '../../../lambda/scim/patch/operations';
import { resourceView } from '../../../lambda/scim/schema/view';
import cases from './read.json';

interface Case {
  readonly name: string;
  readonly value: Json;
  /** Absent: the body does not name the members. */
  readonly members?: Json;
  readonly refused?: string;
}

const group = resourceView('standard', 'Group');

function outcome(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    if (error instanceof ScimError) return error.detail;
    throw error;
  }
}

describe('members of a body', () => {
  test.each(cases as readonly Case[])('$name', ({ value, members, refused }) => {
    const read = outcome(() => readBodyMembers(group, value));
    if (refused) expect(read).toContain(refused);
    else expect(read).toEqual(members);
  });

  test('a user has none', () => {
    expect(readBodyMembers(resourceView('standard', 'User'), { members: [{}] })).toBeUndefined();
  });
});

test('a PATCH without path reads them as a body does', () => {
  for (const { value, members, refused } of cases as readonly Case[]) {
    const read = outcome(() => parsePatch(group, { Operations: [{ op: 'replace', value }] }).members);
    // Two names for one attribute are two operations, of which the later one is right.
    if (refused?.startsWith('members is given')) continue;
    // Flat keys and bodies without members are operations of other kinds.
    if (JSON.stringify(value).includes('members.') || members === undefined) continue;
    if (refused) expect(read).toContain(refused);
    else expect(read).toEqual([expect.objectContaining({ effect: { kind: 'replace', members } })]);
  }
});

const element = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<Json>(null, '', 0, true, 'a', 'b c', '\0'),
    fc.array(tie('value'), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom('value', 'VALUE', 'type', 'display', 'id', 'members'), tie('value'), { maxKeys: 3 }),
  ),
})).value;

test('of any list, each member is read or the whole list is refused', () => {
  fc.assert(
    fc.property(fc.array(element, { minLength: 2, maxLength: 4 }), (members) => {
      const ids = outcome(() => readMemberIds(group, members, 'members'));
      if (typeof ids === 'string') expect(ids).toMatch(/^members\[\d+\] has no usable value\. /);
      else expect(ids).toHaveLength(members.length);
    }),
    { numRuns: 1000 },
  );
});
