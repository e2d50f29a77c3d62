import type { ScimError } from '../message/error';
import { notValid, type Source, shown, type Token, tokenise } from './tokens';

/** What a filter or a path may have at most: parentheses and brackets within each other, and comparisons. */
const filterLimits = { characters: 4096, depth: 50, terms: 200 } as const;

/** The position of the parser. Only `at`, `depth` and `terms` change. */
export interface Reader {
  readonly source: Source;
  readonly tokens: readonly Token[];
  at: number;
  depth: number;
  terms: number;
}

/** Starts to read a source. @throws ScimError the source's when it is too long or cannot be cut into tokens */
export function startReading(source: Source): Reader {
  if (source.text.length > filterLimits.characters) {
    throw source.error(`${source.noun} is longer than ${filterLimits.characters} characters, the most allowed.`);
  }
  return { source, tokens: tokenise(source), at: 0, depth: 0, terms: 0 };
}

/** The current token; the last one is of kind `end` and never passed. */
export function peek(reader: Reader): Token {
  return reader.tokens[reader.at] ?? endOf(reader);
}

/** The token as a keyword: lower case, empty if it is not a word. Keywords are case-insensitive (RFC 7644 §3.4.2.2). */
export function keyword(token: Token): string {
  return token.kind === 'word' ? token.text.toLowerCase() : '';
}

/** Skips the keyword if it comes next, and returns whether it did. */
export function takeKeyword(reader: Reader, word: string): boolean {
  const { text } = peek(reader);
  const found = text.length === word.length && keyword(peek(reader)) === word;
  reader.at += found ? 1 : 0;
  return found;
}

/** Whether nothing, not even a space, lies between the next token and the one before. */
export function touchesPrevious(reader: Reader): boolean {
  return reader.tokens[reader.at - 1]?.end === peek(reader).start;
}

/** Passes a token of this kind. @throws ScimError the source's when another one comes */
export function expectKind(reader: Reader, kind: Token['kind'], expectation: string): void {
  if (peek(reader).kind !== kind) throw expected(reader, expectation);
  reader.at += 1;
}

/**
 * Reads the part between the bracket that comes next and the one that closes it.
 * @throws ScimError the source's when that is too deep
 */
export function readWithin<T>(reader: Reader, close: ')' | ']', read: (reader: Reader) => T): T {
  reader.at += 1;
  reader.depth += 1;
  if (reader.depth > filterLimits.depth) {
    throw reader.source.error(`${reader.source.noun} is nested more than ${filterLimits.depth} levels deep.`);
  }
  const inner = read(reader);
  expectKind(reader, close, `"and", "or" or "${close}"`);
  reader.depth -= 1;
  return inner;
}

/** Counts one comparison. @throws ScimError the source's when there are too many */
export function countTerm(reader: Reader): void {
  reader.terms += 1;
  if (reader.terms > filterLimits.terms) {
    throw reader.source.error(
      `${reader.source.noun} has more than ${filterLimits.terms} comparisons, the most allowed.`,
    );
  }
}

/** The error for the current token. */
export function expected(reader: Reader, expectation: string): ScimError {
  const token = peek(reader);
  return notValid(reader.source, token.start, expectation, shown(token));
}

function endOf(reader: Reader): Token {
  const end = reader.source.text.length;
  return { kind: 'end', text: '', start: end, end };
}
