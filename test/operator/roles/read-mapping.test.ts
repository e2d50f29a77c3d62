import fc from 'fast-check';
import type { Json } from '../../../lambda/scim/json';
import { OperatorError } from '../../../operator/error';
import { mappingLimits, readMapping } from '../../../operator/roles/read-mapping';
import refused from './refused-mappings.json';

test('all that match count, and there is no default, where the JSON does not say', () => {
  const rules = [{ pattern: 'app-*', roles: ['admin'] }];
  expect(readMapping({ rules })).toEqual({ match: 'all', rules, default: [] });
});

test.each(refused as unknown as readonly { json: Json; message: string }[])('refuses $json', ({ json, message }) => {
  expect(() => readMapping(json)).toThrow(new OperatorError(message));
});

const rule = { displayName: 'x', roles: ['admin'] };
const { rules, roles, roleBytes, selectorBytes, bytes } = mappingLimits;

test.each([
  [`rules has ${rules + 1} rules`, { rules: Array(rules + 1).fill(rule) }],
  [`rules[0].roles has ${roles + 1} roles`, { rules: [{ ...rule, roles: Array(roles + 1).fill('admin') }] }],
  [`default[0] has ${roleBytes + 2} bytes`, { rules: [], default: ['é'.repeat(roleBytes / 2 + 1)] }],
  [
    `rules[0].pattern has ${selectorBytes + 1} bytes`,
    { rules: [{ pattern: 'a'.repeat(selectorBytes + 1), roles: [] }] },
  ],
  ['The mapping has ', { rules: Array(200).fill({ pattern: 'a'.repeat(selectorBytes), roles: [] }) }],
])('names the limit: %s', (begin, json) => {
  expect(() => readMapping(json)).toThrow(begin);
  expect(bytes).toBeLessThan(200 * selectorBytes);
});

test('reads what it returns, and refuses everything else by an error that an operator can fix', () => {
  const selector = fc.constantFrom('displayName', 'pattern', 'externalId', 'id', 'roles', 'other');
  const member = fc.oneof(fc.string(), fc.array(fc.string(), { maxLength: 3 }), fc.jsonValue());
  const aRule = fc.dictionary(selector, member, { maxKeys: 3 });
  const some = fc.oneof(
    fc.record({ match: fc.constantFrom('all', 'first'), rules: fc.array(aRule), default: fc.array(fc.string()) }),
    fc.jsonValue(),
  );
  fc.assert(
    fc.property(some, (json) => {
      try {
        const mapping = readMapping(json as Json);
        expect(readMapping(JSON.parse(JSON.stringify(mapping)))).toEqual(mapping);
      } catch (error) {
        if (!(error instanceof OperatorError)) throw error;
      }
    }),
  );
});
