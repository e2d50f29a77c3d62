import { invalidFilter, invalidPath } from '../message/error';
import type { CompareOperator, CompareValue, Filter, PatchPath } from './ast';
import { isAttributeName, isAttributePath } from './attribute-path';
import {
  countTerm,
  expected,
  expectKind,
  keyword,
  peek,
  type Reader,
  readWithin,
  startReading,
  takeKeyword,
  touchesPrevious,
} from './reader';
import type { Token } from './tokens';

type Rule<T> = (reader: Reader) => T;

const compareOperators: ReadonlyMap<string, CompareOperator> = new Map(
  (['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const).map((operator) => [operator, operator]),
);

const literals: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * Reads a filter (RFC 7644 §3.4.2.2). Keywords and operators in any letter case; `emails[type eq "work"].value eq "x"`,
 * which Entra sends, means `emails[type eq "work" and value eq "x"]`.
 * @throws ScimError 400 `invalidFilter` with the place and what was expected there, or with the limit that was passed
 */
export function parseFilter(text: string): Filter {
  const reader = startReading({ noun: 'Filter', text, error: invalidFilter });
  const filter = filterOf(reader, term);
  expectKind(reader, 'end', '"and", "or" or the end');
  return filter;
}

/**
 * Reads the path of a PATCH operation: `PATH = attrPath / valuePath [subAttr]` (RFC 7644 §3.5.2).
 * @throws ScimError 400 `invalidPath`, which calls the path by `noun`
 */
export function parsePath(text: string, noun = 'Path'): PatchPath {
  const reader = startReading({ noun, text, error: invalidPath });
  const path = attrPath(reader);
  const filter = startsValuePath(reader) ? valFilter(reader) : undefined;
  const sub = filter && subAttr(reader);
  expectKind(reader, 'end', 'the end');
  return { path, ...(filter && { filter }), ...(sub && { sub }) };
}

// FILTER and valFilter differ only in their terms: a value path has none within it.
function filterOf(reader: Reader, term: Rule<Filter>): Filter {
  return logExp(reader, 'or', (or) => logExp(or, 'and', term));
}

/** FILTER SP ("and" / "or") SP FILTER: `and` binds tighter than `or`, so `or` has the conjunctions as operands */
function logExp(reader: Reader, kind: 'and' | 'or', operand: Rule<Filter>): Filter {
  const first = operand(reader);
  const terms = [first];
  while (takeKeyword(reader, kind)) {
    terms.push(operand(reader));
  }
  return terms.length === 1 ? first : joined(kind, terms);
}

// `(a and b) and c` is `a and b and c`: one tree for what means the same.
function joined(kind: 'and' | 'or', terms: readonly Filter[]): Filter {
  const nests = terms.some((term) => term.kind === kind);
  return { kind, terms: nests ? terms.flatMap((term) => (term.kind === kind ? term.terms : [term])) : terms };
}

/** attrExp / valuePath / *1"not" "(" FILTER ")" */
function term(reader: Reader): Filter {
  return grouped(reader, term) ?? attributeTerm(reader);
}

/** attrExp / *1"not" "(" valFilter ")" */
function elementTerm(reader: Reader): Filter {
  return grouped(reader, elementTerm) ?? attrExp(reader, attrPath(reader));
}

/** *1"not" "(" FILTER ")" */
function grouped(reader: Reader, term: Rule<Filter>): Filter | undefined {
  const negated = takeKeyword(reader, 'not');
  if (peek(reader).kind !== '(') {
    if (negated) throw expected(reader, '"(" after "not"');
    return undefined;
  }
  const filter = readWithin(reader, ')', (inner) => filterOf(inner, term));
  return negated ? { kind: 'not', term: filter } : filter;
}

function attributeTerm(reader: Reader): Filter {
  const path = attrPath(reader);
  if (!startsValuePath(reader)) return attrExp(reader, path);
  const filter = valFilter(reader);
  const sub = subAttr(reader);
  return { kind: 'valuePath', path, filter: sub ? joined('and', [filter, attrExp(reader, sub)]) : filter };
}

/** (attrPath SP "pr") / (attrPath SP compareOp SP compValue) */
function attrExp(reader: Reader, path: string): Filter {
  const word = keyword(peek(reader));
  const operator = compareOperators.get(word);
  if (word !== 'pr' && operator === undefined) {
    throw expected(reader, `an operator (${[...compareOperators.keys()].join(', ')} or pr)`);
  }
  reader.at += 1;
  countTerm(reader);
  return operator === undefined
    ? { kind: 'present', path }
    : { kind: 'compare', path, operator, value: compValue(reader) };
}

/** false / null / true / number / string; rules from JSON, and `True`, `False` as Entra writes them. */
function compValue(reader: Reader): CompareValue {
  const token = peek(reader);
  const value = token.kind === 'string' ? token.text : wordValue(token);
  if (value === undefined) throw expected(reader, 'a value (a string in double quotes, a number, true, false or null)');
  reader.at += 1;
  return value;
}

function wordValue(token: Token): CompareValue | undefined {
  const literal = literals.get(keyword(token));
  if (literal !== undefined || !jsonNumber.test(token.text)) return literal;
  const number = Number(token.text);
  // -0 and 0 are one number to the client and would be two to a comparison of trees.
  return Number.isFinite(number) ? number + 0 : undefined;
}

function attrPath(reader: Reader): string {
  const { kind, text } = peek(reader);
  if (kind !== 'word' || !isAttributePath(text)) throw expected(reader, 'an attribute name');
  reader.at += 1;
  return text;
}

function valFilter(reader: Reader): Filter {
  return readWithin(reader, ']', (inner) => filterOf(inner, elementTerm));
}

/** subAttr = "." ATTRNAME, right after the `]` of a value path */
function subAttr(reader: Reader): string | undefined {
  const token = peek(reader);
  if (token.kind !== 'word' || !token.text.startsWith('.') || !touchesPrevious(reader)) return undefined;
  const name = token.text.slice(1);
  if (!isAttributeName(name)) throw expected(reader, '"." and the name of a sub-attribute');
  reader.at += 1;
  return name;
}

function startsValuePath(reader: Reader): boolean {
  return peek(reader).kind === '[' && touchesPrevious(reader);
}
