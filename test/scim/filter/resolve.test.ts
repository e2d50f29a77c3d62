import type { Filter } from '../../../lambda/scim/filter/ast';
import { evaluate } from '../../../lambda/scim/filter/evaluate';
import { parseFilter, parsePath } from '../../../lambda/scim/filter/parse';
import { resolveAttributePath, resolveElementFilter, resolveFilter } from '../../../lambda/scim/filter/resolve';
import { ScimError } from '../../../lambda/scim/message/error';
import type { Attribute } from '../../../lambda/scim/schema/attribute';
import type { Extension } from '../../../lambda/scim/schema/extension';
import { schemasWith } from '../../../lambda/scim/schema/schemas';
import { type ResourceView, viewsOf } from '../../../lambda/scim/schema/view';
import badge from './badge.json';
import errors from './resolve-errors.cases.json';
import { views } from './views';

function outcome(view: ResourceView, filter: Filter, others: readonly ResourceView[] = []): unknown {
  try {
    return resolveFilter(view, filter, others);
  } catch (error) {
    return error;
  }
}

test.each(errors)('$section: $name is refused', ({ type, filter, detail }) => {
  const view = type === 'Group' ? views.Group : views.User;
  expect(outcome(view, parseFilter(filter))).toMatchObject({
    name: 'ScimError',
    status: 400,
    scimType: 'invalidFilter',
    detail: detail,
  });
});

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

test.each([
  ['userName', ['userName']],
  ['USERNAME', ['userName']],
  ['name.givenname', ['name', 'givenName']],
  ['urn:ietf:params:scim:schemas:core:2.0:User:emails.type', ['emails', 'type']],
  [enterprise, [enterprise]],
  [`${enterprise}:manager`, [enterprise, 'manager']],
  [`${enterprise.toUpperCase()}:MANAGER.VALUE`, [enterprise, 'manager', 'value']],
  ['manager.$ref', [enterprise, 'manager', '$ref']],
  ['manager.displayName', undefined],
  ['urn:scim:schemas:extension:enterprise:1.0:department', [enterprise, 'department']],
  ['urn:ietf:params:scim:schemas:core:2.0:User', undefined],
  [`${enterprise}:manager.value.more`, undefined],
  ['constructor', undefined],
])('RFC 7644 §3.10: the path %s leads through %j', (path, names) => {
  const steps = resolveAttributePath(views.User, parsePath(path).path);
  expect(steps?.map(({ name }) => name)).toEqual(names);
});

test('RFC 7644 §3.10: a name that two extensions have needs its URN', () => {
  const other = { ...badge, schema: { ...badge.schema, id: 'urn:example:Other' } };
  const view = viewsOf(schemasWith([badge as Extension, other as Extension])).standard.User;
  const namesOf = (path: string) => resolveAttributePath(view, parsePath(path).path)?.map(({ name }) => name);
  expect(namesOf('level')).toBeUndefined();
  expect(namesOf('urn:example:Other:level')).toEqual(['urn:example:Other', 'level']);
});

describe('a query across resource types (RFC 7644 §3.4.2.1)', () => {
  test.each([
    ['userName eq "x"', false],
    ['userName pr', false],
    ['userName ne "x"', true],
    ['userName eq null', true],
    ['userName ne null', false],
    ['not (userName pr)', true],
    ['emails[type ne "work"]', false],
    ['displayName eq "Group" or userName eq "x"', true],
  ])('%s on a group, which has no such attribute, is %s', (filter, expected) => {
    const bound = resolveFilter(views.Group, parseFilter(filter), [views.User]);
    expect(evaluate(bound, { displayName: 'group' })).toBe(expected);
  });

  test('an attribute that no resource type has is refused', () => {
    expect(outcome(views.Group, parseFilter('nope pr'), [views.User])).toBeInstanceOf(ScimError);
  });
});

describe('a filter on the elements of one attribute', () => {
  const of = (name: string): Attribute => {
    const attribute = resolveAttributePath(views.User, name)?.at(-1);
    if (attribute === undefined) throw new Error(`no attribute ${name}`);
    return attribute;
  };

  test('is of the sub-attributes', () => {
    const bound = resolveElementFilter(of('emails'), parseFilter('type eq "WORK" and primary eq "True"'));
    expect(evaluate(bound, { type: 'work', primary: true })).toBe(true);
    expect(evaluate(bound, { type: 'work' })).toBe(false);
  });

  test('calls a simple element `value`', () => {
    const bound = resolveElementFilter(of('tags'), parseFilter('value eq "Blue"'));
    expect(evaluate(bound, { value: 'blue' })).toBe(true);
  });

  test('knows no other attribute of the resource', () => {
    expect(() => resolveElementFilter(of('emails'), parseFilter('userName pr'))).toThrow(
      'Filter names "userName", which is not an attribute of emails. See /Schemas for the attributes.',
    );
  });
});
