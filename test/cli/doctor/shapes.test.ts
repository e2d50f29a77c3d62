import { checkAddress } from '../../../doctor/address';
import { checkToken } from '../../../doctor/token';
import type { Check, Verdict } from '../../../doctor/verdict';
import { makeToken } from '../../../lambda/tenants/token-format';
import cases from './shapes.json';

const named = (checks: readonly Check[], wanted: Verdict) =>
  checks.filter(({ verdict }) => verdict === wanted).map(({ name }) => name);

test.each(cases.map((one) => [one.baseUrl, one] as const))('Base URL %j', (baseUrl, { failed, notes = [] }) => {
  const checks = checkAddress(baseUrl);
  expect(named(checks, 'failed')).toEqual(failed);
  expect(named(checks, 'note')).toEqual(notes);
});

test('a Base URL is at most 1,024 characters long', () => {
  const checks = checkAddress(`https://scim.example.com/${'a'.repeat(1024)}`);
  expect(named(checks, 'failed')).toEqual(['has at most 1,024 characters']);
});

const token = makeToken({ tenantId: 'abcdefghijkl', credentialId: '0123456789ab' });

test.each([token, 'somebody-elses-token'])('the token %s is complete', (text) => {
  expect(named(checkToken(text), 'failed')).toEqual([]);
});

test.each([
  ['', 'there is no token'],
  [`Bearer ${token}`, 'it starts with "Bearer", which is not part of it'],
  [`"${token}"`, 'it has quotation marks'],
  [`${token.slice(0, 40)}\n${token.slice(40)}`, 'it contains a space or a line break'],
  [token.slice(0, -1), 'its checksum is wrong: a part is missing or changed'],
])('the token %j does not, and says why without showing it', (text, found) => {
  const [check] = checkToken(text);
  expect(check?.found).toContain(found);
  expect(text === '' || JSON.stringify(check).includes(text)).toBe(text === '');
});
