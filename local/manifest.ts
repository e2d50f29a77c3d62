import { logRecords } from './log-format';

/**
 * The numbers of the tables that a LevelDB is made of, as its manifest says. Other tables in the folder
 * are not part of the data: a compaction was writing them when the process ended, or they are to be deleted.
 */
export function tablesIn(manifest: Buffer): ReadonlySet<number> {
  const tables = new Set<number>();
  for (const record of logRecords(manifest)) applyEdit(tables, record);
  return tables;
}

/** The fields of a version edit (LevelDB, `version_edit.cc`): numbers, and texts with their length before them. */
const fields: ReadonlyMap<number, readonly ('number' | 'text')[]> = new Map([
  [1, ['text']],
  [2, ['number']],
  [3, ['number']],
  [4, ['number']],
  [5, ['number', 'text']],
  [6, ['number', 'number']],
  [7, ['number', 'number', 'number', 'text', 'text']],
  [9, ['number']],
] as const);

const [deletedFile, newFile] = [6, 7];

function applyEdit(tables: Set<number>, record: Buffer): void {
  let at = 0;
  const next = (): number => {
    let value = 0;
    for (let factor = 1; at < record.length; factor *= 128) {
      const byte = record[at++] ?? 0;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) break;
    }
    return value;
  };
  const skipText = (): number => {
    const length = next();
    at += length;
    return length;
  };
  while (at < record.length) {
    const tag = next();
    const [, number = 0] = (fields.get(tag) ?? []).map((kind) => (kind === 'number' ? next() : skipText()));
    if (tag === newFile) tables.add(number);
    if (tag === deletedFile) tables.delete(number);
  }
}
