import { keepOnePrimary } from '../../../lambda/scim/resource/primary';
import type { Attribute } from '../../../lambda/scim/schema/attribute';
import { resourceView } from '../../../lambda/scim/schema/view';

const { attributes } = resourceView('standard', 'User');
const emails = attributes.get('emails') as Attribute;
const addresses = attributes.get('addresses') as Attribute;

const a = { value: 'a', primary: true };
const b = { value: 'b', primary: true };
const c = { value: 'c', primary: false };

test('at most one primary value is left unchanged', () => {
  const elements = [a, c];
  expect(keepOnePrimary(emails, elements)).toBe(elements);
});

test('of several primary values the last one stays', () => {
  expect(keepOnePrimary(emails, [a, c, b])).toEqual([{ value: 'a', primary: false }, c, b]);
});

test('of several primary values the one that was not there before stays', () => {
  expect(keepOnePrimary(emails, [a, b, c], [b, c])).toEqual([a, { value: 'b', primary: false }, c]);
});

test('of several primary values that were all there before the last one stays', () => {
  expect(keepOnePrimary(emails, [a, b], [a, b])).toEqual([{ value: 'a', primary: false }, b]);
});

test('only the boolean makes a value primary', () => {
  const elements = [{ value: 'a', primary: 'true' }, 'x', null, b];
  expect(keepOnePrimary(emails, elements)).toBe(elements);
});

test('a value that has only labels takes primary from no other, where values have a value', () => {
  const bare = { type: 'work', primary: true };
  expect(keepOnePrimary(emails, [a, bare])).toEqual([a, bare]);
  expect(keepOnePrimary(addresses, [a, bare])).toEqual([{ value: 'a', primary: false }, bare]);
});
