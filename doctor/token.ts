import { parseToken } from '../lambda/tenants/token-format';
import type { Check } from './verdict';

const title = 'Token';

/** Checks the form of a token, to find paste errors. Never shows the token. */
export function checkToken(token: string): readonly Check[] {
  const found = faults.filter(({ has }) => has(token)).map(({ what }) => what);
  const ours = token.startsWith('sst_');
  return [
    {
      title,
      name: 'is complete',
      verdict: found.length > 0 ? 'failed' : 'ok',
      found,
      matters: 'An incomplete token gets 401, like a wrong one.',
      cure: ours
        ? 'Copy it again, all 79 characters, or create another: npx scim-admin token create <tenant>.'
        : 'Copy it again, without anything before or after it.',
    },
  ];
}

const faults: readonly { readonly what: string; readonly has: (token: string) => boolean }[] = [
  { what: 'there is no token', has: (token) => token === '' },
  { what: 'it contains a space or a line break', has: (token) => /\s/.test(token) },
  { what: 'it starts with "Bearer", which is not part of it', has: (token) => /^bearer\b/i.test(token) },
  { what: 'it has quotation marks', has: (token) => /^["']|["']$/.test(token) },
  {
    what: 'its checksum is wrong: a part is missing or changed',
    has: (token) => token.startsWith('sst_') && !parseToken(token),
  },
];
