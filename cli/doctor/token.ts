import { parseToken } from '../../lambda/tenants/token-format';
import type { Check } from './check';

const title = 'Token';

/** What can be told of a token by looking at it: a wrong paste. Never shows it. */
export function checkToken(token: string): readonly Check[] {
  const found = faults.filter(({ has }) => has(token)).map(({ what }) => what);
  const ours = token.startsWith('sst_');
  return [
    {
      title,
      name: 'looks whole',
      verdict: found.length > 0 ? 'failed' : 'ok',
      found,
      matters: 'A token that was not copied whole is answered with 401, as a wrong one is.',
      cure: ours
        ? 'Copy it again, all 79 characters; or make another: scim-admin token create <tenant>.'
        : 'Copy it again, without anything before or after it.',
    },
  ];
}

const faults: readonly { readonly what: string; readonly has: (token: string) => boolean }[] = [
  { what: 'there is none', has: (token) => token === '' },
  { what: 'it has a space or a line end in it', has: (token) => /\s/.test(token) },
  { what: 'it begins with "Bearer"; that is not part of it', has: (token) => /^bearer\b/i.test(token) },
  { what: 'it is quoted', has: (token) => /^["']|["']$/.test(token) },
  {
    what: 'its checksum does not fit: a part is missing or changed',
    has: (token) => token.startsWith('sst_') && !parseToken(token),
  },
];
