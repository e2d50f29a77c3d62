import { OperatorError } from '../error';
import { decodeText } from '../text/decode';
import { exportItems, isExport } from './export-source';
import type { ColumnChoice } from './format';
import { membersOf } from './members-table';
import { readCsv } from './read/csv';
import { readJson } from './read/json';
import type { Table } from './read/table';
import type { Source } from './source';
import { usersOf } from './users-table';

/** A file that an identity provider exported. */
export interface ExportedFile {
  /** For messages. */
  readonly name: string;
  /** Opens it. @throws OperatorError if it cannot be read */
  open(): Promise<AsyncIterable<Uint8Array | string>>;
  readonly encoding?: string;
}

/** How much of a file is looked at to see what it is: the header must be in there. */
const lookedAt = 65_536;

/** Opens a file of users, or an export of this program. @throws OperatorError if it cannot be read as either */
export function openUsers(file: ExportedFile, choice: ColumnChoice): Promise<Source> {
  return openFile(file, (table) => usersOf(file.name, table, choice));
}

/**
 * Opens a file of members.
 * @param group whose members the file lists, if it does not say so itself
 * @throws OperatorError if it cannot be read as one
 */
export function openMembers(file: ExportedFile, choice: ColumnChoice, group?: string): Promise<Source> {
  return openFile(file, (table) => membersOf(file.name, table, choice, group));
}

async function openFile({ name, open, encoding }: ExportedFile, ofTable: (table: Table) => Source): Promise<Source> {
  const { first, text } = await beginOf(decodeText(await open(), name, encoding));
  if (first.trim() === '') throw new OperatorError(`${name} is empty: export it again.`);
  if (isExport(first))
    return { title: 'the export', holds: 'everything', items: (context) => exportItems(name, text, context) };
  const isJson = /^\s*[[{]/.test(first);
  return ofTable(isJson ? await readJson(name, first, text) : await readCsv(name, first, text));
}

/** The begin of a text, and all of it. */
async function beginOf(parts: AsyncIterable<string>) {
  const iterator = parts[Symbol.asyncIterator]();
  let first = '';
  let done = false;
  while (!done && first.length < lookedAt) {
    const next = await iterator.next();
    done = next.done ?? false;
    if (!next.done) first += next.value;
  }
  async function* whole(): AsyncIterable<string> {
    yield first;
    if (!done) yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return { first, text: whole() };
}
