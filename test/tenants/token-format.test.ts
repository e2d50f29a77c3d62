import fc from 'fast-check';
import {
  hashToken,
  makeClientSecret,
  makeId,
  makeToken,
  matchesHash,
  parseClientSecret,
  parseToken,
} from '../../lambda/tenants/token-format';

const ids = fc.stringMatching(/^[a-z0-9]{12}$/);
const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });
const tokens = fc
  .record({ tenantId: ids, credentialId: ids, bytes: bytes32 })
  .map(({ bytes, ...name }) => ({ name, token: makeToken(name, () => bytes) }));

test('a token has the documented shape, whatever its random bits', () => {
  fc.assert(
    fc.property(tokens, ({ name, token }) => {
      expect(token).toMatch(/^sst_[a-z0-9]{12}_[a-z0-9]{12}_[0-9A-Za-z]{49}$/);
      expect(token).toHaveLength(79);
      expect(parseToken(token)).toEqual(name);
    }),
  );
});

test('a client secret has a shape of its own, and is never taken for a token', () => {
  fc.assert(
    fc.property(tokens, bytes32, ({ name, token }, bytes) => {
      const secret = makeClientSecret(name, () => bytes);
      expect(secret).toMatch(/^scs_[a-z0-9]{12}_[a-z0-9]{12}_[0-9A-Za-z]{49}$/);
      expect(parseClientSecret(secret)).toEqual(name);
      expect(parseToken(secret)).toBeUndefined();
      expect(parseClientSecret(token)).toBeUndefined();
      // The prefix is part of the checksum.
      expect(parseToken(secret.replace('scs_', 'sst_'))).toBeUndefined();
    }),
  );
});

test.each([0, 255])('256 random bits that are bytes of %i fill 43 characters', (byte) => {
  const token = makeToken({ tenantId: 'a'.repeat(12), credentialId: 'b'.repeat(12) }, () =>
    new Uint8Array(32).fill(byte),
  );
  expect(token).toHaveLength(79);
});

test('the checksum is the CRC-32 that zip has, in base62', () => {
  const token = makeToken({ tenantId: 'abcdefghijkl', credentialId: '0123456789ab' }, () => new Uint8Array(32));
  expect(token).toBe(`sst_abcdefghijkl_0123456789ab_${'0'.repeat(43)}1MsyPZ`);
});

test('a token with any one character changed is refused by its checksum', () => {
  fc.assert(
    fc.property(tokens, fc.nat(78), fc.constantFrom(...'0aAzZ_9'), ({ token }, position, character) => {
      fc.pre(token[position] !== character);
      expect(parseToken(token.slice(0, position) + character + token.slice(position + 1))).toBeUndefined();
    }),
  );
});

test('anything else is not a token', () => {
  fc.assert(fc.property(fc.string(), (text) => expect(parseToken(text)).toBeUndefined()));
  fc.assert(
    fc.property(tokens, fc.string({ minLength: 1 }), ({ token }, more) => {
      expect(parseToken(token + more)).toBeUndefined();
      expect(parseToken(more + token)).toBeUndefined();
    }),
  );
});

test('a token matches its own hash and no other', () => {
  fc.assert(
    fc.property(tokens, tokens, (one, other) => {
      expect(matchesHash(one.token, hashToken(one.token))).toBe(true);
      expect(matchesHash(one.token, hashToken(other.token))).toBe(one.token === other.token);
    }),
  );
});

test.each(['', '00', 'not hexadecimal', hashToken('x').slice(1), `${hashToken('x')}00`])(
  'a damaged hash %j matches nothing and breaks nothing',
  (hash) => {
    expect(matchesHash('x', hash)).toBe(false);
  },
);

test('ids are 12 characters of [a-z0-9], for any random bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
      expect(makeId(() => bytes)).toMatch(/^[a-z0-9]{12}$/);
    }),
  );
  expect(new Set(Array.from({ length: 1000 }, () => makeId())).size).toBe(1000);
});
