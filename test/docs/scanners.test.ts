import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { makeAccessToken } from '../../lambda/tenants/access-token';
import { makeClientSecret, makeToken } from '../../lambda/tenants/token-format';

const text = readFileSync(join(__dirname, '../../docs/credentials.md'), 'utf8');
const [, block = ''] = /<!-- scanners -->\n```\n([\s\S]*?)```/.exec(text) ?? [];
const patterns = block.trim().split('\n');

const ids = fc.stringMatching(/^[a-z0-9]{12}$/);
const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });

test('the patterns for secret scanners find each kind of credential in a text, and no other kind', () => {
  expect(patterns).toHaveLength(3);
  const scope = fc.constantFrom('scim' as const, 'scim:read' as const);
  fc.assert(
    fc.property(ids, ids, bytes, scope, (tenantId, credentialId, random, granted) => {
      const name = { tenantId, credentialId };
      const expires = 1_800_000_000;
      const made = [
        makeToken(name, () => random),
        makeClientSecret(name, () => random),
        makeAccessToken({ ...name, expires, scope: granted }, Buffer.from(random).toString('base64url')),
      ];
      for (const [index, pattern] of patterns.entries()) {
        const found = `curl -d client_secret='${made.join("' -H '")}';`.match(new RegExp(pattern, 'g'));
        expect(found).toEqual([made[index]]);
      }
    }),
  );
});
