import type { Table } from 'dynalite/types';
import type { Database } from './database';

/** The definitions of all tables by name. Only CreateTable changes them, so they are read once. */
export type Tables = Map<string, Table>;

export const tablePrefix = 'table/';

/** Reads the definitions in a database. */
export async function loadTables(database: Database): Promise<Tables> {
  const tables: Tables = new Map();
  for await (const [name, table] of database.entries(tablePrefix)) tables.set(name, table as Table);
  return tables;
}

/** What actions work on. */
export interface Storage {
  readonly database: Database;
  readonly tables: Tables;
}
