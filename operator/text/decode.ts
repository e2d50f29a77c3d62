import { TextDecoder } from 'node:util';
import { OperatorError } from '../error';

/** Marks at the begin of a text, and the encodings they stand for (Unicode 15, §23.8). */
const marks: readonly (readonly [bytes: readonly number[], encoding: string])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];

/**
 * Decodes a text file, and removes its byte order mark. Without an encoding given, it is UTF-8 or, if the mark or the
 * first character says so, UTF-16.
 * @param name of the file, for messages
 * @throws OperatorError if it is no text of that encoding, or the encoding is unknown
 */
export async function* decodeText(
  input: AsyncIterable<Uint8Array | string>,
  name: string,
  encoding?: string,
): AsyncIterable<string> {
  let decoder: TextDecoder | undefined;
  let line = 1;
  const decode = (bytes: Uint8Array | undefined): string => {
    decoder ??= decoderOf(encoding ?? encodingOf(bytes ?? new Uint8Array()), name);
    const text = decodeStrictly(decoder, bytes, `${name} line ${line}`);
    if (text.includes('\0')) {
      throw new OperatorError(`${name} line ${line} holds null bytes, so it is no text: export it again.`);
    }
    line += text.includes('\n') ? 1 : 0;
    return text;
  };
  for await (const part of input) {
    let text = '';
    for (const bytes of linesIn(typeof part === 'string' ? Buffer.from(part) : part)) text += decode(bytes);
    yield text;
  }
  yield decode(undefined);
}

/** Bytes, cut after each line feed, so that an error can name the line. */
function* linesIn(bytes: Uint8Array): Iterable<Uint8Array> {
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(0x0a, start) + 1 || bytes.length;
    yield bytes.subarray(start, end);
    start = end;
  }
}

function encodingOf(bytes: Uint8Array): string {
  const [, marked] = marks.find(([mark]) => mark.every((byte, index) => bytes[index] === byte)) ?? [];
  if (marked !== undefined) return marked;
  if (bytes[0] !== 0 && bytes[1] === 0) return 'utf-16le';
  return bytes[0] === 0 && bytes[1] !== 0 ? 'utf-16be' : 'utf-8';
}

function decoderOf(encoding: string, name: string): TextDecoder {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch {
    throw new OperatorError(`${name} cannot be read as "${encoding}": use a name such as utf-8 or windows-1252.`);
  }
}

function decodeStrictly(decoder: TextDecoder, bytes: Uint8Array | undefined, where: string): string {
  try {
    return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
  } catch {
    throw new OperatorError(
      `${where} is not ${decoder.encoding.toUpperCase()}: save the file as UTF-8 (in a spreadsheet "CSV UTF-8"). Where an encoding can be named, name its own, such as windows-1252.`,
    );
  }
}
