import type { DynamoDBRecord } from 'aws-lambda';
import { defaultRetentionDays } from '../../deployment/tables';
import type { Leftovers } from '../store/memberships';
import type { Tables } from '../store/tables';
import { fillBody } from '../store/tombstone-bodies';
import { type Change, readChange } from './change';

const day = 24 * 3600 * 1000;

/** For how many days deleted resources are kept whole (`DELETED_RESOURCE_RETENTION_DAYS`); 0 for not at all. */
export function retentionFromEnvironment(): number {
  return Number(process.env.DELETED_RESOURCE_RETENTION_DAYS ?? defaultRetentionDays);
}

/**
 * Keeps the resource that a record deletes, with the memberships that it leaves. It runs before they are swept, and may be
 * repeated. A resource that cannot be read is not kept: whoever publishes its deletion reports the record.
 */
export async function keepDeleted(
  tables: Tables,
  retentionDays: number,
  record: DynamoDBRecord,
  leftovers: Leftovers,
): Promise<void> {
  const change = retentionDays > 0 ? readable(record) : undefined;
  if (change?.kind !== 'resource' || !change.before || change.after) return;
  const { collection, before, facts } = change;
  await fillBody(tables, collection, before, leftovers, Date.parse(facts.time) + retentionDays * day);
}

function readable(record: DynamoDBRecord): Change | undefined {
  try {
    return readChange(record);
  } catch {
    return undefined;
  }
}
