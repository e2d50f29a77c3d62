import type { DynamoDBRecord } from 'aws-lambda';
import { type Counter, chargeKey } from '../directory/hour-count';
import { isTestResource } from '../directory/test-domain';
import { charge } from '../store/hour-counts';
import { readDeleted } from '../store/memberships';
import type { Tables } from '../store/tables';
import { readTenantState } from '../store/tenant-state';
import { consoleLog } from '../telemetry/log';
import { countsOfDeployment } from '../telemetry/metrics';
import { attempt } from './attempt';
import { type Change, type MembershipChange, type RecordFacts, readChange } from './change';
import { sequenceNumber } from './publishing';

/** What one batch changed in a tenant. */
interface Tally {
  readonly users: RecordFacts[];
  readonly removed: MembershipChange[];
}

/**
 * Counts the users that were disabled or deleted, and the members that were removed, for the alarm of mass changes. What
 * operators disabled does not count. A batch that is delivered again counts once.
 * @returns the sequence numbers of the records that could not be counted
 */
export async function countRecords(tables: Tables, records: readonly DynamoDBRecord[]): Promise<readonly string[]> {
  const tallies = new Map<string, Tally>();
  for (const record of records) {
    const change = readable(record);
    if (change) add(tallies, change);
  }
  const uncounted = [...tallies].map(([tenantId, tally]) =>
    attempt(records.map(sequenceNumber), () => countTally(tables, tenantId, tally)),
  );
  return (await Promise.all(uncounted)).flat();
}

/** Records that cannot be read are reported by those that publish them. */
function readable(record: DynamoDBRecord): Change | undefined {
  try {
    return readChange(record);
  } catch {
    return undefined;
  }
}

function add(tallies: Map<string, Tally>, change: Change): void {
  const tenantId = change.kind === 'resource' ? change.collection.tenantId : change.tenantId;
  const tally = tallies.get(tenantId) ?? { users: [], removed: [] };
  if (change.kind === 'membership' && change.action === 'removed') tally.removed.push(change);
  else if (change.kind === 'resource' && endsUser(change)) tally.users.push(change.facts);
  else return;
  tallies.set(tenantId, tally);
}

/** Whether a user was deleted, or disabled by its identity provider, or named like those that do not count. */
function endsUser({ collection, before, after }: Extract<Change, { kind: 'resource' }>): boolean {
  if (collection.type !== 'User' || !before || isTestResource('User', before.resource)) return false;
  if (!after) return true;
  const ends = before.resource.active !== false && after.resource.active === false;
  return (ends || isTestResource('User', after.resource)) && !after.by?.operator;
}

async function countTally(tables: Tables, tenantId: string, { users, removed }: Tally): Promise<void> {
  // Deleting a tenant deletes all of its users, and must leave no count behind.
  if ((await readTenantState(tables, tenantId)).deleted !== undefined) return;
  await count(tables, tenantId, 'users', users);
  if (removed.length === 0) return;
  // A deleted user leaves its groups, but nobody removed it from them.
  const deleted = await readDeleted(tables, tenantId);
  const meant = removed.filter(({ groupId, memberId }) => deleted.has(groupId) || !deleted.has(memberId));
  await count(
    tables,
    tenantId,
    'members',
    meant.map(({ facts }) => facts),
  );
}

async function count(
  tables: Tables,
  tenantId: string,
  counter: Counter,
  records: readonly RecordFacts[],
): Promise<void> {
  const [first] = records;
  if (!first) return;
  const key = chargeKey(first.eventId);
  const now = Math.max(...records.map(({ time }) => Date.parse(time)));
  const { within, left } = await charge(tables, tenantId, 'alarm', { counter, key, amount: records.length }, { now });
  if (within && left > 0) return;
  consoleLog({
    level: 'info',
    message: 'many changes within an hour',
    tenantId,
    counter,
    ...countsOfDeployment(tables.directory, new Date(), { MassChanges: 1 }),
  });
}
