import { invalidSyntax, type ScimError, tooLarge } from '../scim/message/error';

/** No schema is nested deeper than a few levels; a parser takes memory for each. */
const maxDepth = 64;

/** No resource type has as many attributes. */
const maxNames = 1000;

/** 20,000 members with all their sub-attributes are 100,000 values. */
const maxValues = 250_000;

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];

/**
 * Checks what a JSON text holds before it is parsed, in one pass: parsing four megabytes of brackets or of names takes a
 * hundred times as long. Whether the text is JSON is for the parser to say.
 * @throws ScimError 400 `invalidSyntax` past 64 levels; 413 past 1,000 names in an object or 250,000 values
 */
export function checkBodyShape(text: string): void {
  // How many values each open bracket holds so far; negative in an array, where any number is right.
  const open: number[] = [];
  let values = 0;
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case quote:
        at = endOfString(text, at);
        break;
      case openBrace:
        values = count(values);
        open.push(1);
        if (open.length > maxDepth) throw tooDeep();
        break;
      case openBracket:
        values = count(values);
        open.push(Number.NEGATIVE_INFINITY);
        if (open.length > maxDepth) throw tooDeep();
        break;
      case comma:
        values = count(values);
        countName(open);
        break;
      case closeBrace:
      case closeBracket:
        open.pop();
        break;
    }
  }
}

/** Where a string ends that begins at a quotation mark. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end > 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end < 0 ? text.length : end;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text.charCodeAt(at - 1 - backslashes) === backslash) backslashes += 1;
  return backslashes % 2 === 1;
}

function count(values: number): number {
  if (values >= maxValues) throw tooMuch(`The body holds more than ${maxValues} values`);
  return values + 1;
}

function countName(open: number[]): void {
  const names = (open.pop() ?? 0) + 1;
  if (names > maxNames) throw tooMuch(`An object in the body has more than ${maxNames} names`);
  open.push(names);
}

function tooMuch(problem: string): ScimError {
  return tooLarge(`${problem}. Send it in several requests, without what no schema names.`);
}

function tooDeep(): ScimError {
  return invalidSyntax(`The body is nested more than ${maxDepth} levels deep. No attribute lies as deep.`);
}
