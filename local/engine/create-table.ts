import type { Table } from 'dynalite/types';
import { create, parseInput } from './actions';
import { runAction } from './run-action';
import type { Storage } from './tables';

/** CreateTable: the table is active at once. @throws AwsError ResourceInUseException, ValidationException. */
export async function createTable(storage: Storage, body: unknown): Promise<Record<string, unknown>> {
  const { writes } = await runAction(storage, create.action, parseInput(create.input, body));
  const [write] = writes;
  if (write?.type !== 'put') throw new Error('CreateTable wrote no table.');
  const table = activate(structuredClone(write.value) as Table);
  await storage.database.batch([{ ...write, value: table }]);
  storage.tables.set(table.TableName, table);
  return { TableDescription: table };
}

function activate(table: Table): Table {
  const indexes = table.GlobalSecondaryIndexes?.map((index) => ({ ...index, IndexStatus: 'ACTIVE' }));
  return { ...table, TableStatus: 'ACTIVE', ...(indexes ? { GlobalSecondaryIndexes: indexes } : {}) };
}
