import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { authorizationPattern } from '../../deployment/credentials';
import { type AccessToken, makeAccessToken, matchesMac, parseAccessToken } from '../../lambda/tenants/access-token';
import { hasChecksum, withChecksum } from '../../lambda/tenants/token-format';

const macKey = Buffer.alloc(32, 7).toString('base64url');
const ids = fc.stringMatching(/^[a-z0-9]{12}$/);
const tokens: fc.Arbitrary<AccessToken> = fc.record({
  tenantId: ids,
  credentialId: ids,
  expires: fc.integer({ min: 1_700_000_000, max: 9_999_999_999 }),
  scope: fc.constantFrom('scim' as const, 'scim:read' as const),
});

test('what an access token says can be read from it, and only its own key fits', () => {
  fc.assert(
    fc.property(tokens, fc.uint8Array({ minLength: 32, maxLength: 32 }), (given, key) => {
      const token = makeAccessToken(given, macKey);
      expect(parseAccessToken(token)).toEqual(given);
      expect(matchesMac(token, macKey)).toBe(true);
      expect(matchesMac(token, Buffer.from(key).toString('base64url'))).toBe(false);
      expect(new RegExp(authorizationPattern).test(`Bearer ${token}`)).toBe(true);
    }),
  );
});

test('two access tokens of one second differ', () => {
  const given = {
    tenantId: 'a'.repeat(12),
    credentialId: 'b'.repeat(12),
    expires: 1_800_000_000,
    scope: 'scim',
  } as const;
  expect(makeAccessToken(given, macKey)).not.toBe(makeAccessToken(given, macKey));
});

test('an access token with any character changed is refused by its checksum, and with the right checksum by its MAC', () => {
  fc.assert(
    fc.property(tokens, fc.nat(), fc.stringMatching(/^[0-9A-Za-z]$/), (given, position, character) => {
      const token = makeAccessToken(given, macKey);
      const at = position % token.length;
      if (token[at] === character) return;
      const altered = token.slice(0, at) + character + token.slice(at + 1);
      expect(parseAccessToken(altered)).toBeUndefined();
      const repaired = withChecksum(altered.slice(0, -6));
      if (repaired === token) return;
      expect(hasChecksum(repaired)).toBe(true);
      expect(matchesMac(repaired, macKey)).toBe(false);
    }),
  );
});

test('an access token with any field of another is refused', () => {
  fc.assert(
    fc.property(tokens, tokens, fc.integer({ min: 1, max: 6 }), (one, another, field) => {
      const fields = makeAccessToken(one, macKey).split('_');
      const foreign = makeAccessToken(another, macKey).split('_');
      if (fields[field] === foreign[field]) return;
      const mixed = [...fields.slice(0, field), foreign[field], ...fields.slice(field + 1)].join('_');
      expect(matchesMac(withChecksum(mixed.slice(0, -6)), macKey)).toBe(false);
    }),
  );
});

test('the MAC is HMAC-SHA-256 of what is before it, in base62', () => {
  const given = {
    tenantId: 'a'.repeat(12),
    credentialId: 'b'.repeat(12),
    expires: 1_800_000_000,
    scope: 'scim',
  } as const;
  const token = makeAccessToken(given, macKey);
  const mac = createHmac('sha256', Buffer.alloc(32, 7)).update(token.slice(0, -49)).digest('hex');
  const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  const value = [...token.slice(-49, -6)].reduce((sum, digit) => sum * 62n + BigInt(digits.indexOf(digit)), 0n);
  expect(value.toString(16).padStart(64, '0')).toBe(mac);
});

test.each(['', 'sat_', 'sst_abcdefghijkl_0123456789ab_00000000000000000000000000000000000000000001MsyPZ'])(
  '%j is not an access token',
  (text) => {
    expect(parseAccessToken(text)).toBeUndefined();
  },
);
