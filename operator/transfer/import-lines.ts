import { isObject, type Json, type JsonObject } from '../../lambda/scim/json';
import { OperatorError } from '../error';
import { linesOf } from '../text/lines';
import { exportFormat } from './export-format';

/** A line of an export, and its number in the file, from 1. */
export interface NumberedLine {
  readonly number: number;
  /** How many bytes of the input end with this line. */
  readonly bytes: number;
  /** Absent if the line is not a JSON object. */
  readonly value: JsonObject | undefined;
}

/**
 * Reads an export line by line. Checks the first line and leaves it out.
 * @throws OperatorError if it is not an export, has another format, or a line is too long
 */
export async function* readLines(input: AsyncIterable<string | Uint8Array>): AsyncIterable<NumberedLine> {
  let bytes = 0;
  let begun = false;
  for await (const { number, text } of linesOf(input)) {
    bytes += Buffer.byteLength(text) + 1;
    if (text.trim() === '') continue;
    const json = toJson(text);
    const value = isObject(json) ? json : undefined;
    if (begun) yield { number, bytes, value };
    else checkHead(value, text);
    begun = true;
  }
  if (!begun) throw new OperatorError('There is nothing to import: the input is empty.');
}

function toJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function checkHead(head: JsonObject | undefined, text: string): void {
  if (/^> \S+@\S+ /.test(text)) {
    throw new OperatorError(
      'This file begins with lines that "npm run" printed, so nothing was imported. Delete the lines above the one that begins ' +
        'with {"export", or export again, to a file.',
    );
  }
  if (head?.export !== 'serverless-scim') {
    throw new OperatorError(
      'This is not an export of serverless-scim: its first line must be the header that every export has.',
    );
  }
  if (head.format !== exportFormat) {
    throw new OperatorError(
      `This export has format ${String(head.format)}, but this program reads format ${exportFormat}: use the release that wrote it.`,
    );
  }
}
