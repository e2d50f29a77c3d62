import { printable } from '../operator/printable';

/** A text without the tokens and secrets that somebody pasted into it. */
export function withoutTokens(text: string): string {
  return text.replace(/\b(sst|scs|sat|spi|sps)_\w+/g, '$1_...');
}

/** A text of a client as it may be printed: no tokens, nothing that controls the terminal. */
export function asPrinted(text: string): string {
  return printable(withoutTokens(text));
}

const leftOut = '(left out)';

/** A body as one line, without passwords: those of an attribute, and those of an operation of a PATCH. */
export function bodyAsPrinted(body: string): string {
  try {
    return asPrinted(JSON.stringify(JSON.parse(body, withoutPassword)));
  } catch {
    return `(${Buffer.byteLength(body)} bytes that are not JSON)`;
  }
}

function withoutPassword(name: string, value: unknown): unknown {
  if (isPassword(name) || comparesPassword(name, value)) return leftOut;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value);
  if (!entries.some(([member, path]) => member.toLowerCase() === 'path' && isOfPassword(path))) return value;
  return Object.fromEntries(entries.map(([member, its]) => [member, member.toLowerCase() === 'value' ? leftOut : its]));
}

/** Whether a name names a password, also with the URN of its schema, or the PIN of an invitation. */
const isPassword = (name: string) => /(?:^|[:.])password$|^pin$/i.test(name);

/** Whether a path could be of a password, whatever form the client gave it; a filter in it was left out before. */
const isOfPassword = (path: unknown) => path === leftOut || /password/i.test(String(path));

/** Whether it is a filter, or a path with one, that has the value of a password. */
const comparesPassword = (name: string, value: unknown) =>
  ['path', 'filter'].includes(name.toLowerCase()) && typeof value === 'string' && /password.*\s/is.test(value);
