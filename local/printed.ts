import { printable } from '../operator/printable';

/** A text without the tokens and secrets that somebody pasted into it. */
export function withoutTokens(text: string): string {
  return text.replace(/\b(sst|scs|sat)_\w+/g, '$1_...');
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
  if (isPassword(name)) return leftOut;
  if (typeof value !== 'object' || value === null || !('path' in value) || !isPassword(value.path)) return value;
  return { ...value, value: leftOut };
}

/** Whether a name or a path names a password, also with the URN of its schema. */
const isPassword = (name: unknown) => typeof name === 'string' && /(?:^|[:.])password$/i.test(name);
