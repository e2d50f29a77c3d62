import fc from 'fast-check';
import { isObject, type Json, type JsonObject } from '../../../lambda/scim/json';
import { parseProjection, project, wants } from '../../../lambda/scim/resource/project';
import { represent } from '../../../lambda/scim/resource/represent';
import { validResource } from './arbitraries';
import cases from './project.json';
import { allViews, viewOf } from './views';

const core = 'urn:ietf:params:scim:schemas:core:2.0:User';
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const view = viewOf({});
const parts = {
  id: '1',
  version: 1,
  created: '2026-11-24T07:12:45Z',
  modified: '2026-11-24T07:12:45Z',
  baseUrl: 'https://example.com',
};
const user = represent(view, {
  ...parts,
  resource: {
    userName: 'a',
    externalId: 'x',
    name: { givenName: 'g', familyName: 'f' },
    active: true,
    emails: [{ value: 'e1', primary: true }, { value: 'e2' }],
    [enterprise]: { department: 'd', manager: { value: 'm' } },
  },
  groups: ['g1'],
});

interface Case {
  readonly name: string;
  readonly attributes?: string;
  readonly excludedAttributes?: string;
  readonly shown?: JsonObject | 'all';
  readonly error?: string;
}

/** Cases write `core` and `enterprise` for the URNs. */
function spelledOut(shown: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(shown).replace('"core"', `"${core}"`).replaceAll('"enterprise"', `"${enterprise}"`));
}

test.each(cases as readonly Case[])('$name', ({ attributes, excludedAttributes, shown, error }) => {
  const act = () => project(view, user, parseProjection(view, attributes, excludedAttributes));
  if (error || !shown) expect(act).toThrow(expect.objectContaining({ scimType: 'invalidValue', detail: error }));
  else expect(act()).toEqual(shown === 'all' ? user : spelledOut(shown));
});

test.each([
  [undefined, undefined, { default: true, onlyWhenAsked: false }],
  ['displayName', undefined, { default: false, onlyWhenAsked: false }],
  ['displayName,MEMBERS', undefined, { default: true, onlyWhenAsked: true }],
  ['members.value', undefined, { default: true, onlyWhenAsked: true }],
  ['urn:ietf:params:scim:schemas:core:2.0:Group:members', undefined, { default: true, onlyWhenAsked: true }],
  [undefined, 'displayName', { default: true, onlyWhenAsked: false }],
  [undefined, 'Members', { default: false, onlyWhenAsked: false }],
  [undefined, 'members.type', { default: true, onlyWhenAsked: false }],
])('members are read for attributes=%s excludedAttributes=%s: %j', (attributes, excluded, expected) => {
  const projection = parseProjection(viewOf({ type: 'Group' }), attributes, excluded);
  expect({
    default: wants(projection, 'members', true),
    onlyWhenAsked: wants(projection, 'members', false),
  }).toEqual(expected);
});

test('attributes that a schema returns on request or never are shown accordingly (RFC 7643 §7)', () => {
  const [name, title] = [view.attributes.get('username'), view.attributes.get('title')];
  if (!name || !title) throw new Error('no such attributes');
  const special = {
    ...view,
    attributes: new Map([
      ...view.attributes,
      ['title', { ...title, returned: 'request' }] as const,
      ['username', { ...name, returned: 'never' }] as const,
    ]),
  };
  const shown = (attributes: string) =>
    Object.keys(project(special, { id: '1', userName: 'a', title: 't' }, parseProjection(special, attributes, '')));
  expect(shown('')).toEqual(['id']);
  expect(shown('title,userName')).toEqual(['id', 'title']);
});

test('what a value means by leaving it out, and names of groups, are shown only to who asks for them', () => {
  const shown = (attributes: string | undefined) =>
    project(
      view,
      represent(view, { ...parts, resource: {}, groups: ['g'], groupNames: new Map([['g', 'Guides']]) }),
      parseProjection(view, attributes, undefined),
    ).groups;
  expect(shown('groups.type')).toEqual([{ type: 'direct' }]);
  expect(shown('groups.value,groups.display')).toEqual([{ value: 'g', display: 'Guides' }]);
  expect(shown(undefined)).toEqual([{ value: 'g', $ref: 'https://example.com/Groups/g' }]);
  expect(shown('groups')).toEqual(shown(undefined));
});

describe.each(allViews)('$type in $profile.name', (each) => {
  const pathsOf = ({ name, subAttributes }: (typeof each.schema.attributes)[number]) =>
    subAttributes ? subAttributes.map((sub) => `${name}.${sub.name}`) : [name];

  test('/Schemas advertises no attribute and no sub-attribute that is never returned', () => {
    const resource = fc.sample(validResource(each), { numRuns: 200, seed: 7 });
    const full = resource.map(({ members: _, ...own }) =>
      represent(each, {
        ...parts,
        resource: own,
        members: [{ value: 'm' }],
        groups: ['g'],
        groupNames: new Map([['g', 'G']]),
      }),
    );
    const paths = each.schema.attributes.flatMap(pathsOf);
    const isReturned = (path: string) => {
      const [name = '', sub] = path.split('.');
      return full.some((one) => {
        const shown = [project(each, one, parseProjection(each, path, undefined))[name] ?? []].flat();
        return shown.some(
          (value) => sub === undefined || (isObject(value as Json) && Object.hasOwn(value as object, sub)),
        );
      });
    };
    expect(paths.filter((path) => !isReturned(path))).toEqual([]);
  });

  const names = [...each.attributes.values()].map(({ name }) => name);

  test('excluded attributes are never returned, and otherwise only the requested ones', () => {
    fc.assert(
      fc.property(validResource(each), fc.subarray(names), ({ members: _, ...resource }, chosen) => {
        const full = represent(each, { ...parts, resource, members: [{ value: 'm' }], groups: ['g'] });
        const always = ['schemas', 'id'];
        const onRequest = (name: string) => each.rules.returnedOnRequest.includes(name);
        const without = project(each, full, parseProjection(each, undefined, chosen.join(',')));
        expect(Object.keys(without)).toEqual(
          Object.keys(full).filter((name) => always.includes(name) || !(chosen.includes(name) || onRequest(name))),
        );
        if (chosen.length === 0) return;
        const only = project(each, full, parseProjection(each, chosen.join(','), undefined));
        expect(Object.keys(only)).toEqual(
          Object.keys(full).filter((name) => always.includes(name) || chosen.includes(name)),
        );
      }),
    );
  });
});
