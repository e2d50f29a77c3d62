import type { ScimError } from '../message/error';

/** A text to read, its name in messages, and the error if it is not valid. */
export interface Source {
  readonly noun: string;
  readonly text: string;
  readonly error: (detail: string) => ScimError;
}

/** A piece of a filter. A string's `text` is its value, without quotes and escapes. */
export interface Token {
  readonly kind: 'word' | 'string' | '(' | ')' | '[' | ']' | 'end';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const shownCharacters = 40;

// Each matches a whole run of characters: examining one character after the other took half of the time.
const whitespace = /[ \t\n\r]*/y;
const word = /[^ \t\n\r"()[\]]*/y;
/** `unescaped` of RFC 8259 §7. */
const unescaped = /[ !#-[\]-\uffff]*/y;

const brackets: ReadonlyMap<string, '(' | ')' | '[' | ']'> = new Map([
  ['(', '('],
  [')', ')'],
  ['[', '['],
  [']', ']'],
]);

const escapes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

/**
 * Cuts a filter or a path (RFC 7644 §3.4.2.2) into its pieces, the last one being the end. One pass, each character is
 * read once.
 * @throws ScimError the source's when a string is not a JSON string or pieces that need a space have none
 */
export function tokenise(source: Source): readonly Token[] {
  const { text } = source;
  const tokens: Token[] = [];
  let previous: Token | undefined;
  let at = endOf(whitespace, text, 0);
  while (at < text.length) {
    const token = readToken(source, at);
    refuseMissingSpace(source, previous, token);
    tokens.push(token);
    previous = token;
    at = endOf(whitespace, text, token.end);
  }
  tokens.push({ kind: 'end', text: '', start: at, end: at });
  return tokens;
}

/** The error for a text that breaks the grammar: where, what was expected and what stands there. */
export function notValid(source: Source, at: number, expected: string, got: string): ScimError {
  return source.error(`${source.noun} is not valid at character ${at + 1}: expected ${expected}, got ${got}.`);
}

/** A token as an error message shows it: quoted, shortened, control characters escaped. */
export function shown(token: Token): string {
  return token.kind === 'end' ? 'the end' : quoted(token.text);
}

function quoted(text: string): string {
  return JSON.stringify(text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text);
}

/** Where a run of characters ends that begins at a place. */
function endOf(run: RegExp, text: string, start: number): number {
  run.lastIndex = start;
  run.test(text);
  return run.lastIndex;
}

function readToken(source: Source, start: number): Token {
  const character = source.text.charAt(start);
  const bracket = brackets.get(character);
  if (bracket !== undefined) return { kind: bracket, text: bracket, start, end: start + 1 };
  return character === '"' ? readString(source, start) : readWord(source.text, start);
}

function readWord(text: string, start: number): Token {
  const end = endOf(word, text, start);
  return { kind: 'word', text: text.slice(start, end), start, end };
}

function readString(source: Source, start: number): Token {
  const { text } = source;
  let value = '';
  let from = start + 1;
  let at = endOf(unescaped, text, from);
  while (text.charAt(at) !== '"') {
    if (at >= text.length) {
      throw notValid(source, start, 'a string that ends with a double quote', quoted(text.slice(start)));
    }
    if (text.charAt(at) !== '\\') {
      throw notValid(source, at, 'control characters in a string to be escaped (RFC 8259 §7)', quoted(text.charAt(at)));
    }
    const escaped = readEscape(source, at);
    value += text.slice(from, at) + escaped.character;
    from = escaped.end;
    at = endOf(unescaped, text, from);
  }
  value += text.slice(from, at);
  // With the `u` flag this class matches only surrogates that are not half of a pair.
  if (/\p{Surrogate}/u.test(value)) {
    throw notValid(source, start, 'a string of whole characters (no lone surrogate)', quoted(value));
  }
  return { kind: 'string', text: value, start, end: at + 1 };
}

function readEscape(source: Source, start: number): { readonly character: string; readonly end: number } {
  const { text } = source;
  const character = escapes.get(text.charAt(start + 1));
  if (character !== undefined) return { character, end: start + 2 };
  const hex = text.slice(start + 2, start + 6);
  if (text.charAt(start + 1) !== 'u' || !/^[0-9A-Fa-f]{4}$/.test(hex)) {
    throw notValid(source, start, 'an escape of JSON (RFC 8259 §7)', quoted(text.slice(start, start + 6)));
  }
  return { character: String.fromCharCode(Number.parseInt(hex, 16)), end: start + 6 };
}

function refuseMissingSpace(source: Source, previous: Token | undefined, token: Token): void {
  const touches = previous?.end === token.start && isText(previous) && isText(token);
  if (touches) throw notValid(source, token.start, 'a space', shown(token));
}

function isText(token: Token): boolean {
  return token.kind === 'word' || token.kind === 'string';
}
