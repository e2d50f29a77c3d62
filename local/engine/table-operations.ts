import describeTable from 'dynalite/actions/describeTable';
import type { Table } from 'dynalite/types';
import { create, parseInput, reads } from './actions';
import { indexPrefix, itemPrefix, tablePrefix } from './call-store';
import type { Database, Write } from './database';
import { runAction } from './run-action';

/** CreateTable: the table is active at once. @throws AwsError ResourceInUseException, ValidationException. */
export async function createTable(database: Database, body: unknown): Promise<Record<string, unknown>> {
  const { writes } = await runAction(database, create.action, parseInput(create.input, body));
  const [write] = writes;
  if (write?.type !== 'put') throw new Error('CreateTable wrote no table.');
  const table = activate(structuredClone(write.value) as Table);
  await database.batch([{ ...write, value: table }]);
  return { TableDescription: table };
}

function activate(table: Table): Table {
  const indexes = table.GlobalSecondaryIndexes?.map((index) => ({ ...index, IndexStatus: 'ACTIVE' }));
  return { ...table, TableStatus: 'ACTIVE', ...(indexes ? { GlobalSecondaryIndexes: indexes } : {}) };
}

/** DeleteTable: the table and its items are gone at once. @throws AwsError ResourceNotFoundException. */
export async function deleteTable(database: Database, body: unknown): Promise<Record<string, unknown>> {
  const { input } = reads.get('DescribeTable') ?? create;
  const { result } = await runAction(database, describeTable, parseInput(input, body));
  const table = result.Table as Table;
  const indexes = [...(table.GlobalSecondaryIndexes ?? []), ...(table.LocalSecondaryIndexes ?? [])];
  const prefixes = [
    itemPrefix(table.TableName),
    ...indexes.map(({ IndexName }) => indexPrefix(table.TableName, IndexName)),
  ];
  const writes: Write[] = [{ type: 'del', key: tablePrefix + table.TableName }];
  for (const prefix of prefixes) {
    for await (const [key] of database.entries(prefix)) writes.push({ type: 'del', key: prefix + key });
  }
  await database.batch(writes);
  return { TableDescription: { ...table, TableStatus: 'DELETING' } };
}
