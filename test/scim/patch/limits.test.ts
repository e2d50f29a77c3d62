import type { Json } from '../../../lambda/scim/json';
import { memberChange } from '../../../lambda/scim/members/change';
import { applyPatch } from '../../../lambda/scim/patch/apply';
import { parsePatch } from '../../../lambda/scim/patch/operations';
import { resourceView } from '../../../lambda/scim/schema/view';
import { Work, workLimit } from '../../../lambda/scim/work';

const user = resourceView('standard', 'User');
const group = resourceView('standard', 'Group');

function times<T>(count: number, make: (index: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

function members(count: number, prefix = 'u'): readonly Json[] {
  return times(count, (index) => ({ value: `${prefix}${index}` }));
}

const tooLarge = expect.objectContaining({ name: 'ScimError', status: 413 });

test('a PATCH holds 1,000 operations and no more', () => {
  const operations = times(1000, (index) => ({ op: 'replace', path: 'title', value: `${index}` }));
  expect(parsePatch(user, { Operations: operations }).attributes).toHaveLength(1000);
  expect(() => parsePatch(user, { Operations: [...operations, { op: 'remove', path: 'title' }] })).toThrow(tooLarge);
});

test('a request changes 20,000 memberships and no more', () => {
  const add = { op: 'add', path: 'members', value: members(19_999) };
  const remove = (id: string) => ({ op: 'remove', path: 'members', value: [{ value: id }] });

  const operations = parsePatch(group, { Operations: [add, remove('v1'), remove('v1')] });
  const change = memberChange(operations.members);
  expect(change.added.size + change.removed.size).toBe(20_000);

  const more = parsePatch(group, { Operations: [add, remove('v1'), remove('v2')] });
  expect(() => memberChange(more.members)).toThrow(tooLarge);
  expect(() => memberChange(more.members)).toThrow('Operations[2] (remove members)');
});

test('an operation that takes back what another one did counts once', () => {
  const add = { op: 'add', path: 'members', value: members(15_000) };
  const operations = parsePatch(group, { Operations: [add, { ...add, op: 'remove' }] });
  expect(memberChange(operations.members).removed.size).toBe(15_000);
});

test('what a filter removes counts', () => {
  const present = members(20_001) as unknown as readonly { readonly value: string }[];
  const operations = parsePatch(group, { Operations: [{ op: 'remove', path: 'members[value sw "u"]' }] });
  expect(() => memberChange(operations.members, present)).toThrow(tooLarge);
});

/** A hundredth of what a request may take, so that the test takes no seconds itself. */
const hundredth = () => new Work(workLimit / 100);

test('many values, each compared with many others, are refused before they take seconds', () => {
  const roles = times(300, (index) => ({ value: `r${index}` }));
  const operations = parsePatch(user, { Operations: [{ op: 'add', path: 'roles', value: roles }] });
  expect(() => applyPatch(user, { userName: 'u' }, operations, hundredth())).toThrow(tooLarge);
  expect(() => applyPatch(user, { userName: 'u' }, operations, hundredth())).toThrow('Operations[0] (add roles)');
});

test('many filters on many values are refused before they take seconds', () => {
  const roles = times(500, (index) => ({ value: `r${index}` }));
  const terms = times(25, (index) => `value eq "x${index}"`).join(' or ');
  const operations = parsePatch(user, { Operations: times(20, () => ({ op: 'remove', path: `roles[${terms}]` })) });
  expect(() => applyPatch(user, { userName: 'u', roles }, operations, hundredth())).toThrow(tooLarge);
});

test('many filters on many members are refused before they take seconds', () => {
  const present = members(1000) as unknown as readonly { readonly value: string }[];
  const operations = parsePatch(group, {
    Operations: times(100, () => ({ op: 'remove', path: 'members[value sw "v"]' })),
  });
  expect(() => memberChange(operations.members, present, hundredth())).toThrow(tooLarge);
});
