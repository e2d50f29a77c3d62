import type { ResourceView } from '../../lambda/scim/schema/view';
import { OperatorError } from '../error';
import { type ComparedPath, parsePath } from './compared-path';
import entra from './formats/entra.json';
import generic from './formats/generic.json';
import google from './formats/google.json';
import okta from './formats/okta.json';
import oktaApp from './formats/okta-app.json';
import { columnKey, type Row, type Table } from './read/table';

/** How the exports of one identity provider are read: which columns mean what. The sources say where that is known from. */
export interface Format {
  readonly name: string;
  readonly title: string;
  readonly sources: readonly { readonly what: string; readonly url: string; readonly checked: string }[];
  /** A file with any of these columns has this format. */
  readonly detectedBy: readonly string[];
  /** Paths of SCIM, and the names that their columns may have. */
  readonly columns: Readonly<Record<string, readonly string[]>>;
  /** Columns that say whether a user is enabled: true, false, or null if the provider may have provisioned it or not. */
  readonly active: readonly {
    readonly columns: readonly string[];
    readonly values: Readonly<Record<string, boolean | null>>;
  }[];
  readonly members: {
    readonly group: readonly string[];
    /** The columns that name a member, by the attribute that users are matched by. */
    readonly member: Readonly<Record<string, readonly string[]>>;
    /** Columns that say what a member is, and their values for users. */
    readonly kinds?: { readonly columns: readonly string[]; readonly users: readonly string[] };
  };
}

const formats = [oktaApp, okta, entra, google, generic] as readonly unknown[] as readonly Format[];

/** The names of the formats, for a choice. */
export const formatNames: readonly string[] = formats.map(({ name }) => name);

/** What the caller says about the columns of files. */
export interface ColumnChoice {
  /** The name of a format; without it, the columns tell. */
  readonly format?: string;
  /** Columns by the path of SCIM that they hold, or by `group` and `member` for files of members. */
  readonly columns: ReadonlyMap<string, string>;
  /** Values of the column for `active` that mean enabled; all others then mean disabled. */
  readonly activeIf: readonly string[];
}

/** A format with how it was found: `column` is the one that told it. */
export interface Detected {
  readonly format: Format;
  readonly column?: string;
}

/** The format of a file. @throws OperatorError if its columns do not tell */
export function formatOf(name: string, { columns }: Table, choice: ColumnChoice): Detected {
  const chosen = formats.find((format) => format.name === choice.format);
  if (chosen) return { format: chosen };
  const keys = new Map(columns.map((column) => [columnKey(column), column]));
  for (const format of formats) {
    const column = format.detectedBy.map((each) => keys.get(columnKey(each))).find((each) => each !== undefined);
    if (column !== undefined) return { format, column };
  }
  const fallback = formats.find((format) => format.name === 'generic');
  if (fallback && choice.columns.size > 0) return { format: fallback };
  throw new OperatorError(
    `The format of ${name} is not known: none of its columns (${listed(columns)}) is one of Okta, Entra, Google or SCIM. ` +
      'Name the format, or say which column holds which attribute.',
  );
}

/** The columns of a table for the paths that a profile stores. @throws OperatorError for a chosen column that it does not have */
export function mappedColumns(
  name: string,
  table: Table,
  format: Format,
  choice: ColumnChoice,
  view: ResourceView,
): readonly { readonly path: ComparedPath; readonly column: string }[] {
  const paths = new Map(Object.entries(format.columns));
  for (const [path, column] of choice.columns) {
    if (path === 'group' || path === 'member' || path === 'active') continue;
    paths.set(path, [requireColumn(name, table, column)]);
  }
  return [...paths].flatMap(([text, aliases]) => {
    const path = parsePath(view, text);
    const column = findColumn(table, aliases);
    return path && column !== undefined ? [{ path, column }] : [];
  });
}

/** The column that says whether users are enabled, and how to read it. */
export interface ActiveColumn {
  readonly column: string;
  /** True, false, or null for a user that the provider may have provisioned or not; `undefined` for an empty cell. */
  read(row: Row): boolean | null | undefined;
}

/** Finds the column that says whether users are enabled; undefined if there is none. @throws OperatorError for a chosen one that does not exist */
export function activeColumn(
  name: string,
  table: Table,
  format: Format,
  { columns, activeIf }: ColumnChoice,
): ActiveColumn | undefined {
  const chosen = columns.get('active');
  const aliases = chosen === undefined ? undefined : [requireColumn(name, table, chosen)];
  const found = format.active
    .map(({ columns: own, values }) => ({ column: findColumn(table, aliases ?? own), values }))
    .find(({ column }) => column !== undefined);
  if (found?.column === undefined) return undefined;
  const { column, values } = found;
  const enabled = new Set(activeIf.map(plain));
  return {
    column,
    read: (row) => {
      const cell = plain(row.cell(column) ?? '');
      if (activeIf.length > 0) return enabled.has(cell);
      if (cell === '') return undefined;
      const value = Object.hasOwn(values, cell) ? values[cell] : undefined;
      if (value !== undefined) return value;
      throw new OperatorError(
        `${row.at}: it is not known whether "${row.cell(column)}" in the column "${nameOfColumn(table, column)}" means enabled. Say which values do.`,
      );
    },
  };
}

/** The first of these columns that a table has, as `columnKey` makes it. */
export function findColumn({ columns }: Table, aliases: readonly string[]): string | undefined {
  const keys = new Set(columns.map(columnKey));
  return aliases.map(columnKey).find((key) => keys.has(key));
}

/** A column as the file writes it. */
export function nameOfColumn({ columns }: Table, key: string): string {
  return columns.find((column) => columnKey(column) === key) ?? key;
}

/** @throws OperatorError if the table has no such column */
export function requireColumn(name: string, table: Table, column: string): string {
  const found = findColumn(table, [column]);
  if (found !== undefined) return found;
  throw new OperatorError(`${name} has no column "${column}". Its columns are ${listed(table.columns)}.`);
}

/** @throws OperatorError unless the schema has such a path */
export function checkPath(view: ResourceView, path: string): void {
  if (['group', 'member'].includes(path) || parsePath(view, path) || view.notStored.has(path.toLowerCase())) return;
  throw new OperatorError(
    `"${path}" names no simple value of a ${view.type}: write it as userName, name.givenName or phoneNumbers[type eq "work"].value.`,
  );
}

/** Names for a message: not more than fit. */
export function listed(columns: readonly string[]): string {
  const shown = columns.slice(0, 12).map((column) => (column.length > 60 ? `${column.slice(0, 60)}…` : column));
  return columns.length === 0 ? 'none' : shown.join(', ') + (columns.length > 12 ? ', …' : '');
}

function plain(text: string): string {
  return text.trim().toLowerCase();
}
