import { nameHash } from '../../lambda/activity/keys';
import { causeOf, remedyOf } from '../../lambda/activity/remedy';
import type { ActivityRow } from '../../lambda/activity/row';
import { toItem, toRow } from '../../lambda/store/activity-item';

const tenantId = 'aaaabbbbcccc';
const base: ActivityRow = {
  tenantId,
  rowId: '0f',
  time: '2026-11-24T07:00:00.000Z',
  kind: 'change',
  template: 'disabled',
  request: 'request-1',
  actor: { credential: 'c1', label: 'Okta' },
  method: 'PATCH',
  path: '/Users/{id}',
  resource: { type: 'User', id: '2819c223-7f76-453a-919d-413861904646' },
  changed: ['active'],
  status: 200,
  milliseconds: 12,
  personal: { name: 'anna@example.com' },
  expires: 1_800_000_000,
};
const { id: _, ...withoutId } = { ...base.resource, id: undefined };
const failure: ActivityRow = {
  ...base,
  kind: 'failure',
  template: 'createFailed',
  resource: withoutId as { type: 'User' },
  nameHash: nameHash(tenantId, 'User', 'Anna@Example.com'),
  status: 409,
  scimType: 'uniqueness',
  remedy: 'taken',
};

test.each([
  ['a change', base],
  ['a failure without an id', failure],
  ['a row of a member', { ...base, template: 'memberAdded', ofMember: true }],
] as const)('%s is read as it was put', (_name, row) => {
  expect(toRow(toItem(row))).toEqual(row);
});

test('every key begins with the tenant, and only failures are in the index of failures', () => {
  for (const row of [base, failure]) {
    const { pk, subject, failed } = toItem(row);
    for (const key of [pk, subject, failed ?? `${tenantId}#`]) expect(String(key).split('#')[0]).toBe(tenantId);
    expect(failed !== undefined).toBe(row.kind === 'failure');
  }
});

test('personal values are in the attribute "personal" and nowhere else', () => {
  const { personal: _personal, ...rest } = toItem(failure);
  expect(JSON.stringify(rest)).not.toMatch(/anna/i);
});

test('a name has the same hash in any letter case, and another one in another tenant', () => {
  expect(nameHash(tenantId, 'User', 'ANNA@example.com')).toBe(failure.nameHash);
  expect(nameHash('ddddeeeeffff', 'User', 'anna@example.com')).not.toBe(failure.nameHash);
});

test('an item of another format is not read', () => {
  expect(() => toRow({ ...toItem(base), format: 2 })).toThrow('a row of activity of format 1');
});

test.each([
  [400, 'invalidValue', 'displayName is required.', 'required'],
  [
    400,
    'invalidValue',
    'members.value "x" was deleted at 2026-01-01 and cannot be a member any more.',
    'deletedMember',
  ],
  [400, 'invalidValue', 'title is too long.', 'wrongValue'],
  [409, 'uniqueness', 'userName "x" is already used by user 1.', 'taken'],
  [400, 'invalidValue', 'Operations[0] (add members): members[0] has no usable value.', 'wrongMember'],
  [400, 'invalidValue', 'count must be an integer, got "1.5".', 'wrongQuery'],
  [400, 'invalidValue', 'bulkId "same" is used by more than one operation.', 'wrongBulkId'],
  [400, 'invalidValue', 'The resource has 323996 bytes; at most 307200 are allowed.', 'largeResource'],
  [403, undefined, '/Schemas cannot be filtered; leave filter out.', 'noFilter'],
  [403, undefined, 'This token belongs to another tenant.', 'otherTenant'],
  [404, undefined, 'Schemas has no "x"; GET /Schemas lists what there is.', 'unknownSchema'],
  [404, undefined, 'Group 1 was not found.', 'gone'],
  [500, undefined, 'The request failed inside the endpoint.', 'fault'],
])('a %i %s with the detail "%s" has a remedy', (status, scimType, detail, cause) => {
  expect(causeOf(status, scimType, detail)).toBe(cause);
  expect(remedyOf(causeOf(status, scimType, detail)).do).toMatch(/\.$/);
});
