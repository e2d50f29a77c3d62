import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { OperatorError } from '../../error';
import { longestLine, tooLong } from '../../text/lines';
import { columnKey, type Row, type Table } from './table';

/** Lines that stand before the header in some exports. */
const preambles: readonly { readonly form: RegExp; readonly group?: true; readonly delimiter?: true }[] = [
  // Google Groups names the group there.
  { form: /^"?Members for group (.*?)"?$/i, group: true },
  // Entra's templates begin with their version.
  { form: /^"?version:(v[\d.]+)"?[,;]*$/i },
  // Excel's way to say which delimiter a file has.
  { form: /^sep=(.)$/i, delimiter: true },
];

const delimiters = [',', ';', '\t', '|'];

interface Beginning {
  readonly header: string;
  /** How many lines come before the header. */
  readonly skipped: number;
  readonly group?: string;
  readonly delimiter: string;
}

/**
 * Reads a CSV file (RFC 4180), with any of the usual delimiters and line ends.
 * @param first the begin of the text, with all of the header
 * @param text all of it
 * @throws OperatorError with the line that cannot be read
 */
export async function readCsv(name: string, first: string, text: AsyncIterable<string>): Promise<Table> {
  const { skipped, group, delimiter } = beginningOf(name, first);
  const parser = parse({
    delimiter,
    from_line: skipped + 1,
    info: true,
    skip_empty_lines: true,
    max_record_size: longestLine,
  });
  // A failure of either reaches whoever reads the records.
  pipeline(Readable.from(text), parser, () => undefined);
  const records = recordsOf(name, parser);
  const head = await records.next();
  const columns = head.done ? [] : head.value.cells.map((column) => column.trim());
  checkColumns(name, columns);
  return { columns, ...(group === undefined ? {} : { group }), rows: rowsOf(name, columns, records) };
}

function beginningOf(name: string, first: string): Beginning {
  const lines = first.split(/\r\n|\n|\r/);
  let skipped = 0;
  let group: string | undefined;
  let delimiter: string | undefined;
  for (const line of lines) {
    const found = preambles.find(({ form }) => form.test(line.trim()));
    if (!found && line.trim() !== '') {
      const beginning = { header: line, skipped, delimiter: delimiter ?? mostFrequent(line) };
      return group === undefined ? beginning : { ...beginning, group };
    }
    const [, said = ''] = found?.form.exec(line.trim()) ?? [];
    if (found?.group) group = said;
    if (found?.delimiter) delimiter = said;
    skipped++;
  }
  throw new OperatorError(`${name} is empty: export it again.`);
}

function mostFrequent(header: string): string {
  const unquoted = header.replace(/"[^"]*"/g, '');
  const count = (delimiter: string) => unquoted.split(delimiter).length;
  return delimiters.reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
}

function checkColumns(name: string, columns: readonly string[]): void {
  const seen = new Set<string>();
  for (const column of columns) {
    const key = columnKey(column);
    if (key !== '' && seen.has(key)) {
      throw new OperatorError(`${name} has two columns "${column}": remove or rename one of them.`);
    }
    seen.add(key);
  }
}

interface Numbered {
  readonly line: number;
  readonly cells: readonly string[];
}

async function* recordsOf(name: string, parser: AsyncIterable<unknown>): AsyncGenerator<Numbered> {
  try {
    for await (const parsed of parser) {
      const { record, info } = parsed as { record: readonly string[]; info: { lines: number } };
      yield { line: info.lines, cells: record };
    }
  } catch (error) {
    throw error instanceof CsvError ? explained(name, error) : error;
  }
}

function explained(name: string, error: CsvError): OperatorError {
  const where = `${name} line ${'lines' in error ? Number(error.lines) : '?'}`;
  switch (error.code) {
    case 'CSV_MAX_RECORD_SIZE':
      return tooLong(where);
    case 'CSV_QUOTE_NOT_CLOSED':
      return new OperatorError(`${name} ends within a quoted value: close the quotation mark, or export it again.`);
    case 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH': {
      const { length } = 'record' in error && Array.isArray(error.record) ? error.record : [];
      return new OperatorError(
        `${where} has ${length} values, which is not the number of columns: was the file cut off, or is a delimiter not quoted?`,
      );
    }
    default:
      return new OperatorError(
        `${where} has a quotation mark where none may be: export it again, or correct the line.`,
      );
  }
}

async function* rowsOf(name: string, columns: readonly string[], records: AsyncIterable<Numbered>): AsyncIterable<Row> {
  const positions = new Map(columns.map((column, index) => [columnKey(column), index]));
  for await (const { line, cells } of records) {
    yield {
      at: `${name} line ${line}`,
      cell: (column) => {
        const position = positions.get(column);
        return position === undefined ? undefined : cells[position];
      },
    };
  }
}
