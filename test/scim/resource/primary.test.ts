import { keepOnePrimary } from '../../../lambda/scim/resource/primary';

const a = { value: 'a', primary: true };
const b = { value: 'b', primary: true };
const c = { value: 'c', primary: false };

test('at most one primary value is left unchanged', () => {
  const elements = [a, c];
  expect(keepOnePrimary(elements)).toBe(elements);
});

test('of several primary values the last one stays', () => {
  expect(keepOnePrimary([a, c, b])).toEqual([{ value: 'a', primary: false }, c, b]);
});

test('of several primary values the one that was not there before stays', () => {
  expect(keepOnePrimary([a, b, c], [b, c])).toEqual([a, { value: 'b', primary: false }, c]);
});

test('of several primary values that were all there before the last one stays', () => {
  expect(keepOnePrimary([a, b], [a, b])).toEqual([{ value: 'a', primary: false }, b]);
});

test('only the boolean makes a value primary', () => {
  const elements = [{ value: 'a', primary: 'true' }, 'x', null, b];
  expect(keepOnePrimary(elements)).toBe(elements);
});
