import fc from 'fast-check';
import { hrefTo, matchRoute, parseLocation } from '../../web/ui/router';

test('a place is read from its address as it was written, whatever characters it has', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
  const names = fc.string({ unit: fc.constantFrom(...'abcdefgh'), minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(fc.array(text, { maxLength: 4 }), fc.dictionary(names, text, { maxKeys: 4 }), (path, query) => {
      expect(parseLocation(hrefTo(path, query))).toEqual({ path, query: { ...query } });
    }),
  );
});

test.each([
  ['', { path: [], query: {} }],
  ['#', { path: [], query: {} }],
  ['#/', { path: [], query: {} }],
  ['#/tenants/abc', { path: ['tenants', 'abc'], query: {} }],
  ['#/tenants/abc/users?search=a%40b', { path: ['tenants', 'abc', 'users'], query: { search: 'a@b' } }],
  ['#/tenants/%E0%A4%A', { path: ['tenants', '%E0%A4%A'], query: {} }],
])('%s is read without an error', (hash, location) => {
  expect(parseLocation(hash)).toEqual(location);
});

test('what is empty is left out of the query', () => {
  expect(hrefTo(['users'], { search: '', cursor: undefined, active: 'true' })).toBe('#/users?active=true');
});

test('a route gives what stands at the places of its names, and only fits a path of its length', () => {
  const routes = [
    { pattern: '', screen: 'home' },
    { pattern: 'tenants/:tenant', screen: 'tenant' },
    { pattern: 'tenants/:tenant/:tab', screen: 'tab' },
  ];
  expect(matchRoute(routes, [])).toEqual({ screen: 'home', parameters: {} });
  expect(matchRoute(routes, ['tenants', 'abc'])).toEqual({ screen: 'tenant', parameters: { tenant: 'abc' } });
  expect(matchRoute(routes, ['tenants', 'a', 'b'])).toEqual({ screen: 'tab', parameters: { tenant: 'a', tab: 'b' } });
  expect(matchRoute(routes, ['tenants'])).toBeUndefined();
  expect(matchRoute(routes, ['other', 'abc'])).toBeUndefined();
});
