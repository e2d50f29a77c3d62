import type { DynamoDBRecord } from 'aws-lambda';
import type { ActivityRow } from '../activity/row';
import type { KeptActivity } from '../store/activity';
import { toItem } from '../store/activity-item';
import { batchWrite } from '../store/batches';
import { namesKey, readNames } from '../store/names';
import { chunks, inParallel, type Tables } from '../store/tables';
import { readDeletionNotes } from '../store/tombstone-bodies';
import { attempt } from './attempt';
import { type ResourceChange, readChange } from './change';
import { changeRows, namedMembers } from './change-rows';
import { sequenceNumber } from './publishing';

/** How many records' rows are written together, at most: a failure has all of them come again. */
const together = 25;

/**
 * Records the changes in the records of a stream as rows of activity. A record that comes again replaces its rows.
 * Resolves to the sequence numbers of the records whose rows may be missing.
 */
export async function recordChanges(
  tables: Tables,
  activity: KeptActivity,
  records: readonly DynamoDBRecord[],
): Promise<readonly string[]> {
  const changes: ResourceChange[] = [];
  const unread: string[] = [];
  for (const record of records) {
    const read = () => {
      const change = readChange(record);
      if (change?.kind === 'resource') changes.push(change);
    };
    unread.push(...(await attempt([sequenceNumber(record)], read)));
  }
  const unwritten = await inParallel(chunks(changes, together), (batch) =>
    attempt(
      batch.map(({ facts }) => facts.sequenceNumber),
      () => writeRows(tables, activity, batch),
    ),
  );
  return [...unread, ...unwritten.flat()];
}

async function writeRows(tables: Tables, { name, days }: KeptActivity, changes: readonly ResourceChange[]) {
  const deleted = changes.filter(({ after }) => !after);
  const [names, deletions] = await Promise.all([
    readNames(tables, changes.flatMap(namedMembers)),
    readDeletionNotes(tables, deleted),
  ]);
  const rows = changes.flatMap((change) =>
    changeRows(change, { names, days, deletion: deletions.get(namesKey(change)) }),
  );
  await batchWrite(
    tables,
    name,
    [...distinct(rows)].map((item) => ({ put: item })),
  );
}

/** The rows as items, each key once: DynamoDB refuses a batch with the same key twice. */
function distinct(rows: readonly ActivityRow[]) {
  return new Map(rows.map(toItem).map((item) => [`${item.pk} ${item.sk}`, item])).values();
}
