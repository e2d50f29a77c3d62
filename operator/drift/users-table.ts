import { resourceView } from '../../lambda/scim/schema/view';
import { OperatorError } from '../error';
import { bodyOf, type ComparedPath } from './compared-path';
import { activeColumn, type ColumnChoice, checkPath, formatOf, listed, mappedColumns, nameOfColumn } from './format';
import type { Row, Table } from './read/table';
import type { Source, Standing } from './source';

interface MappedColumn {
  readonly path: ComparedPath;
  readonly column: string;
}

/** A table of users as a source. @throws OperatorError if its format is not known, or, while it is read, for a line */
export function usersOf(name: string, table: Table, choice: ColumnChoice): Source {
  const { format, column: told } = formatOf(name, table, choice);
  return {
    title: format.title,
    holds: 'users',
    async *items({ profile, match, onNote }) {
      const view = resourceView(profile, 'User');
      for (const path of choice.columns.keys()) checkPath(view, path);
      const columns = mappedColumns(name, table, format, choice, view);
      if (!columns.some(({ path }) => path.path === match)) {
        throw new OperatorError(
          `${name} has no column for ${match}, by which users are matched. Its columns are ${listed(table.columns)}. Say which one it is.`,
        );
      }
      const active = activeColumn(name, table, format, choice);
      const read = [
        ...columns.map(({ path, column }) => [path.path, column]),
        ...(active ? [['active', active.column]] : []),
      ];
      const mapping = read.map(([path, column = '']) => `${path} = "${nameOfColumn(table, column)}"`).join(', ');
      const because = told ? `, because of its column "${told}"` : '';
      const unsaid = active ? '' : ' No column says who is disabled, so all count as enabled.';
      onNote(`${name}: read as ${format.name}${because}: ${mapping}.${unsaid}`);
      const paths = columns.map(({ path }) => path);
      for await (const row of table.rows) {
        const body = bodyOf(valuesOf(row, columns, match));
        yield { resource: { type: 'User', at: row.at, body, paths, standing: standingOf(active?.read(row)) } };
      }
    },
  };
}

/** The values of a row. Of an empty cell it is not known whether the provider has no value, or does not send it. */
function valuesOf(row: Row, columns: readonly MappedColumn[], match: string) {
  const values = columns.flatMap(({ path, column }) => {
    const cell = row.cell(column)?.trim() ?? '';
    return cell === '' ? [] : [[path, cell] as const];
  });
  if (values.some(([{ path }]) => path === match)) return values;
  throw new OperatorError(`${row.at} has no ${match}: correct the line, or delete it.`);
}

function standingOf(active: boolean | null | undefined): Standing {
  if (active === null) return 'either';
  return active === false ? 'disabled' : 'enabled';
}
