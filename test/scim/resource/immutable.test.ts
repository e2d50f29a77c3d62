import type { JsonObject } from '../../../lambda/scim/json';
import { checkImmutable } from '../../../lambda/scim/resource/immutable';
import type { Attribute } from '../../../lambda/scim/schema/attribute';
import { viewOf } from './views';

const view = viewOf({ profile: 'standard' });

function immutable(attribute: Attribute | undefined): Attribute {
  if (!attribute) throw new Error('no such attribute');
  return { ...attribute, mutability: 'immutable' };
}

const name = view.attributes.get('name') as Attribute;
const emails = view.attributes.get('emails') as Attribute;
const withImmutable = {
  ...view,
  attributes: new Map([
    ...view.attributes,
    ['title', immutable(view.attributes.get('title'))] as const,
    ['roles', immutable(view.attributes.get('roles'))] as const,
    [
      'name',
      {
        ...name,
        subAttributes: new Map([...name.subAttributes, ['givenname', immutable(name.subAttributes.get('givenname'))]]),
      },
    ] as const,
    [
      'emails',
      {
        ...emails,
        subAttributes: new Map([...emails.subAttributes, ['value', immutable(emails.subAttributes.get('value'))]]),
      },
    ] as const,
  ]),
};

const before: JsonObject = {
  userName: 'a',
  title: 't',
  roles: [{ value: 'r', type: 'x' }],
  name: { givenName: 'g', familyName: 'f' },
  emails: [{ value: 'e' }],
};

test.each<readonly [string, JsonObject, string | undefined]>([
  ['the same values', before, undefined],
  ['another order of members', { ...before, roles: [{ type: 'x', value: 'r' }] }, undefined],
  ['other attributes', { ...before, userName: 'b', name: { givenName: 'g' } }, undefined],
  ['a first value', { ...before, nickName: 'n' }, undefined],
  ['values of a multi-valued attribute that come and go', { ...before, emails: [{ value: 'f' }] }, undefined],
  ['another value', { ...before, title: 'u' }, 'title'],
  ['no value', { ...before, title: undefined } as unknown as JsonObject, 'title'],
  ['another value of a sub-attribute', { ...before, name: { givenName: 'h', familyName: 'f' } }, 'name.givenName'],
  ['no value of its structure', { userName: 'a', title: 't', roles: before.roles ?? [] }, 'name.givenName'],
  ['several', { userName: 'a', name: { givenName: 'g' } }, 'title, roles'],
])('after a change to %s', (_name, after, paths) => {
  const act = () => checkImmutable(withImmutable, before, after);
  if (paths === undefined) expect(act).not.toThrow();
  else {
    expect(act).toThrow(
      expect.objectContaining({
        status: 400,
        scimType: 'mutability',
        detail: `${paths} cannot change once it has a value. Send the present value.`,
      }),
    );
  }
});
