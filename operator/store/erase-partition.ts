import { batchWrite } from '../../lambda/store/batches';
import type { Tables } from '../../lambda/store/tables';
import { keyOf } from './check/read';
import { readPartition } from './partition';

/** Deletes all items of a partition of the directory table. */
export async function erasePartition(tables: Tables, pk: string): Promise<void> {
  for await (const items of readPartition(tables, pk, { ProjectionExpression: 'pk, sk' })) {
    await batchWrite(
      tables,
      tables.directory,
      items.map((item) => ({ delete: keyOf(item) })),
    );
  }
}
