import { needsMembers } from '../../../lambda/scim/members/change';
import { parsePatch } from '../../../lambda/scim/patch/operations';
import { resourceView } from '../../../lambda/scim/schema/view';

const group = resourceView('standard', 'Group');

test.each([
  ['remove', 'members', undefined, false],
  ['remove', 'members', [{ value: 'u1' }], false],
  ['remove', 'members[value eq "u1"]', undefined, false],
  ['remove', 'members[value eq "u1" or value eq "u2"]', undefined, false],
  ['add', 'members', [{ value: 'u1' }], false],
  ['replace', 'members', [], false],
  ['replace', 'displayName', 'x', false],
  ['remove', 'members[value ne "u1"]', undefined, true],
  ['remove', 'members[value eq "u1" and type eq "User"]', undefined, true],
  ['remove', 'members[not (value eq "u1")]', undefined, true],
  ['remove', 'members[type eq "Group"]', undefined, true],
  ['remove', 'members[value pr]', undefined, true],
])('%s %s %j reads the present members: %s', (op, path, value, expected) => {
  const { members } = parsePatch(group, { Operations: [{ op, path, ...(value === undefined ? {} : { value }) }] });
  expect(needsMembers(members)).toBe(expected);
});
