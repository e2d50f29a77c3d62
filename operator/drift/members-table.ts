import { OperatorError } from '../error';
import { type ColumnChoice, type Format, findColumn, formatOf, listed, nameOfColumn, requireColumn } from './format';
import type { Row, Table } from './read/table';
import type { ExpectedItem, MatchAttribute, Source } from './source';

/**
 * A table of members as a source.
 * @param given the group whose members the file lists, if it does not say so itself
 * @throws OperatorError if its format is not known, or, while it is read, for a line
 */
export function membersOf(name: string, table: Table, choice: ColumnChoice, given: string | undefined): Source {
  const single = given ?? table.group;
  // A group without members is an empty list.
  const isEmpty = table.columns.length === 0 && single !== undefined;
  const found = isEmpty ? undefined : formatOf(name, table, choice);
  return {
    title: found?.format.title ?? 'the identity provider',
    holds: 'members',
    async *items({ match, onNote }) {
      if (single !== undefined) yield groupItem(single, name);
      if (!found) return;
      const { format, column: told } = found;
      const columns = columnsOf(name, table, format, choice, match, single);
      const { member, group } = columns;
      const inGroup = group === undefined ? `members of "${single}"` : `group = "${nameOfColumn(table, group)}"`;
      const because = told ? `, because of its column "${told}"` : '';
      onNote(`${name}: read as ${format.name}${because}: ${inGroup}, member = "${nameOfColumn(table, member)}".`);
      yield* rowItems(table, columns, userTest(table, format.members.kinds), single);
    },
  };
}

/** Groups when they are first named, and memberships. */
async function* rowItems(
  { rows }: Table,
  { member, group }: MemberColumns,
  isUser: (row: Row) => boolean,
  single: string | undefined,
): AsyncIterable<ExpectedItem> {
  const named = new Set([single]);
  for await (const row of rows) {
    const name = single ?? cellOf(row, group);
    if (name === '') throw new OperatorError(`${row.at} names no group: correct the line, or delete it.`);
    if (!named.has(name)) yield groupItem(name, row.at);
    named.add(name);
    yield isUser(row) ? memberItem(row, name, member) : { otherMember: true };
  }
}

interface MemberColumns {
  readonly member: string;
  readonly group: string | undefined;
}

function columnsOf(
  name: string,
  table: Table,
  { members }: Format,
  { columns }: ColumnChoice,
  match: MatchAttribute,
  single: string | undefined,
): MemberColumns {
  const find = (which: string, aliases: readonly string[]) => {
    const column = columns.get(which);
    return column === undefined ? findColumn(table, aliases) : requireColumn(name, table, column);
  };
  const member = find('member', members.member[match] ?? []);
  const group = single === undefined ? find('group', members.group) : undefined;
  const where = `Its columns are ${listed(table.columns)}.`;
  if (member === undefined) {
    throw new OperatorError(`${name} has no column for the ${match} of the member. ${where} Say which one it is.`);
  }
  if (single === undefined && group === undefined) {
    throw new OperatorError(
      `${name} has no column for the name of the group. ${where} Say which one it is, or which group the file lists.`,
    );
  }
  return { member, group };
}

function groupItem(displayName: string, at: string): ExpectedItem {
  return { resource: { type: 'Group', at, body: { displayName }, paths: [], standing: 'enabled' } };
}

function memberItem(row: Row, group: string, column: string): ExpectedItem {
  const name = cellOf(row, column);
  if (name === '') throw new OperatorError(`${row.at} names no member: correct the line, or delete it.`);
  return { membership: { at: row.at, group: { name: group }, member: { name } } };
}

function userTest(table: Table, kinds: Format['members']['kinds']) {
  const column = kinds && findColumn(table, kinds.columns);
  if (column === undefined) return () => true;
  return (row: Row) => {
    const kind = cellOf(row, column).toLowerCase();
    return kind === '' || kinds?.users.includes(kind) === true;
  };
}

function cellOf(row: Row, column: string | undefined): string {
  return column === undefined ? '' : (row.cell(column)?.trim() ?? '');
}
