import { JSONParser } from '@streamparser/json';
import { isArray, isObject, type Json, type JsonObject } from '../../../lambda/scim/json';
import { OperatorError } from '../../error';
import { linesOf, longestLine, tooLong } from '../../text/lines';
import { columnKey, type Row, type Table } from './table';

/** The properties in which pages of Microsoft Graph, Google and SCIM hold their records. */
const pages = ['value', 'users', 'members', 'Resources'];

/** How deep the properties of a record are read; `profile.login` is at 2. */
const deepest = 3;

/**
 * Reads the records of a JSON file: an array, one or more pages of an API, or one object per line. The columns are the
 * paths of simple values, such as `profile.login`.
 * @param first the begin of the text
 * @param text all of it
 * @throws OperatorError with the record that cannot be read, also later while the rows are read
 */
export async function readJson(name: string, first: string, text: AsyncIterable<string>): Promise<Table> {
  const objects = isLines(first) ? objectsOfLines(name, text) : objectsOf(name, first, text);
  const rows = rowsOf(objects);
  const head = await rows.next();
  if (head.done) return { columns: [], rows };
  const { columns } = head.value;
  return { columns, rows: prepended(head.value, rows) };
}

/** Whether each line is a record: the first one is an object, and no page of an API. */
function isLines(first: string): boolean {
  const [line = ''] = first.trimStart().split('\n', 1);
  const value = parseOrNothing(line);
  return isObject(value) && !pages.some((page) => isArray(value[page]));
}

interface Numbered {
  readonly at: string;
  readonly object: JsonObject;
}

async function* objectsOfLines(name: string, text: AsyncIterable<string>): AsyncIterable<Numbered> {
  for await (const { number, text: line } of linesOf(text)) {
    if (line.trim() === '') continue;
    const object = parseOrNothing(line);
    if (!isObject(object)) throw new OperatorError(`${name} line ${number} is no JSON object: export it again.`);
    yield { at: `${name} line ${number}`, object };
  }
}

async function* objectsOf(name: string, first: string, text: AsyncIterable<string>): AsyncIterable<Numbered> {
  const paths = first.trimStart().startsWith('[') ? ['$.*'] : pages.map((page) => `$.${page}.*`);
  // The separator lets several pages stand one after the other.
  const parser = new JSONParser({ paths, keepStack: false, separator: '' });
  const found: Json[] = [];
  let number = 0;
  let waiting = 0;
  parser.onValue = ({ value }) => {
    found.push((value ?? null) as Json);
    waiting = 0;
  };
  for await (const part of text) {
    waiting += part.length;
    parseInto(parser, part, `${name} after record ${number}`);
    for (const object of found.splice(0)) {
      const at = `${name} record ${++number}`;
      if (!isObject(object)) throw new OperatorError(`${at} is no JSON object: export it again.`);
      yield { at, object };
    }
    if (waiting > longestLine) throw tooLong(`${name} record ${number + 1}`);
  }
  checkEnd(parser, `${name} after record ${number}`);
}

function checkEnd(parser: JSONParser, where: string): void {
  try {
    if (!parser.isEnded) parser.end();
  } catch {
    throw new OperatorError(`${where} ends in the middle: export it again.`);
  }
}

function parseInto(parser: JSONParser, part: string, where: string): void {
  try {
    parser.write(part);
  } catch {
    throw new OperatorError(`${where} is no JSON: export it again.`);
  }
}

type JsonRow = Row & { readonly columns: readonly string[] };

async function* rowsOf(objects: AsyncIterable<Numbered>): AsyncGenerator<JsonRow> {
  for await (const { at, object } of objects) {
    const cells = new Map<string, string>();
    const columns: string[] = [];
    for (const [path, value] of simpleValues(object, '', deepest)) {
      columns.push(path);
      cells.set(columnKey(path), value);
    }
    yield { at, columns, cell: (column) => cells.get(column) };
  }
}

async function* prepended(first: Row, rest: AsyncIterable<Row>): AsyncIterable<Row> {
  yield first;
  yield* rest;
}

/** The simple values of an object with their paths. Lists are left out: no mapping names one. */
function* simpleValues(object: JsonObject, prefix: string, depth: number): Iterable<readonly [string, string]> {
  for (const [name, value] of Object.entries(object)) {
    const path = `${prefix}${name}`;
    if (isObject(value)) {
      if (depth > 1) yield* simpleValues(value, `${path}.`, depth - 1);
    } else if (!isArray(value)) yield [path, value === null ? '' : String(value)];
  }
}

function parseOrNothing(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
