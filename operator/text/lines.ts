import { OperatorError } from '../error';

/** The most characters of one line or record. A resource has at most 300 KB. */
export const longestLine = 1_000_000;

/** A line of a text, without its end, and its number from 1. */
export interface Line {
  readonly number: number;
  readonly text: string;
}

/**
 * The lines of a text that comes in parts. A line ends with LF or CRLF only: JSON may hold U+2028, which `readline` takes
 * for the end of a line.
 * @throws OperatorError if a line is longer than `longestLine`
 */
export async function* linesOf(parts: AsyncIterable<string | Uint8Array>): AsyncIterable<Line> {
  const decoder = new TextDecoder();
  let number = 0;
  let rest = '';
  for await (const part of parts) {
    const lines = (typeof part === 'string' ? part : decoder.decode(part, { stream: true })).split('\n');
    lines[0] = rest + lines[0];
    rest = lines.pop() ?? '';
    for (const text of lines) yield { number: ++number, text: withoutReturn(text, number) };
    checkLength(rest, number + 1);
  }
  const last = rest + decoder.decode();
  if (last !== '') yield { number: number + 1, text: withoutReturn(last, number + 1) };
}

function withoutReturn(text: string, number: number): string {
  checkLength(text, number);
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}

function checkLength({ length }: string, number: number): void {
  if (length > longestLine) throw tooLong(`Line ${number}`);
}

/** The error for a line or record that is too long. @param what such as `Line 7` */
export function tooLong(what: string): OperatorError {
  const limit = longestLine.toLocaleString('en');
  return new OperatorError(`${what} is longer than ${limit} characters: check that the file is what it should be.`);
}
