import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import {
  type Charge,
  type Charged,
  type Counter,
  countedFor,
  type Entry,
  type HourCount,
  leftOf,
  limitOf,
  type Moment,
  present,
  settle,
} from '../directory/hour-count';
import { LostRace, retry } from '../directory/retry';
import { isObject, type Json } from '../scim/json';
import { readTotal } from './counts';
import { type Item, isPresentFormat, itemFormat, unreadable } from './items';
import { hourCountKey } from './keys';
import { callConditional, getItem, type Tables } from './tables';

/**
 * Who counts: requests, whose changes are held past the limit, or the function that follows the streams, for the alarm.
 * Each has counters of its own.
 */
export type CountedBy = 'brake' | 'alarm';

/**
 * Counts a change of a tenant within the hour. One conditional write, except once an hour, at the limit and for what was
 * counted before.
 * @throws LostRace when the table is throttled; ScimError 429 when others keep changing the counter
 */
export function charge(
  tables: Tables,
  tenantId: string,
  by: CountedBy,
  change: Charge,
  moment: Moment,
): Promise<Charged> {
  return retry(
    async () =>
      (await countAtOnce(tables, tenantId, by, change, moment)) ?? settleStored(tables, tenantId, by, change, moment),
  );
}

/** The usual case: the limit allows the change, and it is the first time. Undefined if not, and then nothing was written. */
async function countAtOnce(
  { client, directory }: Tables,
  tenantId: string,
  by: CountedBy,
  { counter, key, amount }: Charge,
  { now, since = 0 }: Moment,
): Promise<Charged | undefined> {
  const output = await callConditional(() =>
    client.send(
      new UpdateCommand({
        TableName: directory,
        Key: hourCountKey(tenantId, by, counter),
        UpdateExpression: 'SET #entries.#key = :entry, #left = #left - :amount, #version = #version + :one',
        ConditionExpression: [
          '#left >= :amount',
          '#counted > :hourAgo',
          '#counted >= :since',
          'attribute_not_exists(#held)',
          'attribute_not_exists(#entries.#key)',
        ].join(' AND '),
        ExpressionAttributeNames: {
          '#entries': 'entries',
          '#key': key,
          '#left': 'left',
          '#version': 'version',
          '#counted': 'counted',
          '#held': 'held',
        },
        ExpressionAttributeValues: {
          ':entry': [amount, now],
          ':amount': amount,
          ':one': 1,
          ':hourAgo': now - countedFor,
          ':since': since,
        },
        ReturnValues: 'UPDATED_NEW',
      }),
    ),
  );
  return output && { within: true, left: Number(output.Attributes?.left) };
}

/** Every other case: reads the counter, makes its next state, and writes that if nobody else wrote meanwhile. */
async function settleStored(
  tables: Tables,
  tenantId: string,
  by: CountedBy,
  change: Charge,
  moment: Moment,
): Promise<Charged> {
  const { counter } = change;
  const stored = await readHourCount(tables, tenantId, by, counter);
  const stale = !stored || isStale(stored.count, moment);
  const before = stale ? await recount(tables, tenantId, counter, stored?.count, moment) : stored.count;
  const [charged, after] = settle(before, change, moment, by === 'brake');
  if (stale || after !== before) await writeHourCount(tables, tenantId, by, counter, after, stored?.version);
  return charged;
}

/** Whether the users must be counted again: that was an hour ago, or before the last release. */
function isStale({ counted }: HourCount, { now, since = 0 }: Moment): boolean {
  return counted <= now - countedFor || counted < since;
}

/** A counter with the limit for as many users as the tenant has now. */
async function recount(
  tables: Tables,
  tenantId: string,
  counter: Counter,
  count: HourCount | undefined,
  moment: Moment,
): Promise<HourCount> {
  const users = await readTotal(tables, { tenantId, type: 'User' });
  const fresh = { users, limit: limitOf(counter, users), counted: moment.now };
  return count ? { ...present(count, moment), ...fresh } : { ...fresh, entries: new Map(), released: new Set() };
}

/** A counter as it is stored, and its version. */
export interface StoredHourCount {
  readonly count: HourCount;
  readonly version: number;
}

/** Reads a counter, strongly consistent. @throws Error `UnreadableItem`, which names the item's key */
export async function readHourCount(
  tables: Tables,
  tenantId: string,
  by: CountedBy,
  counter: Counter,
): Promise<StoredHourCount | undefined> {
  const item = await getItem(tables, tables.directory, hourCountKey(tenantId, by, counter));
  return item && toHourCount(item);
}

/** Reads the item of a counter. @throws as `readHourCount` */
export function toHourCount(item: Item): StoredHourCount {
  const { limit, users, counted, entries, held, released = [], version } = item;
  const isRead =
    isPresentFormat(item) &&
    [limit, users, counted, version, held ?? 0].every((value) => typeof value === 'number') &&
    isObject(entries as Json | undefined) &&
    Array.isArray(released);
  if (!isRead) throw unreadable(item, 'a counter of changes within an hour');
  return {
    count: {
      limit: Number(limit),
      users: Number(users),
      counted: Number(counted),
      entries: new Map(Object.entries(entries as Record<string, Entry>)),
      released: new Set(released as string[]),
      ...(held !== undefined && { held: Number(held) }),
    },
    version: Number(version),
  };
}

/**
 * Writes a counter in place of the version that was read, or of none.
 * @throws LostRace when somebody else wrote it meanwhile
 */
export async function writeHourCount(
  { client, directory }: Tables,
  tenantId: string,
  by: CountedBy,
  counter: Counter,
  count: HourCount,
  version: number | undefined,
): Promise<void> {
  const { held } = count;
  const fields = {
    limit: count.limit,
    left: leftOf(count),
    users: count.users,
    counted: count.counted,
    entries: Object.fromEntries(count.entries),
    released: [...count.released],
    version: (version ?? 0) + 1,
    format: itemFormat,
    ...(held !== undefined && { held }),
  };
  const names = Object.keys(fields);
  const output = await callConditional(() =>
    client.send(
      new UpdateCommand({
        TableName: directory,
        Key: hourCountKey(tenantId, by, counter),
        UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}${held === undefined ? ' REMOVE #held' : ''}`,
        ConditionExpression: version === undefined ? 'attribute_not_exists(pk)' : '#version = :before',
        ExpressionAttributeNames: Object.fromEntries([...names, 'held', 'version'].map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: {
          ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [`:${name}`, value])),
          ...(version !== undefined && { ':before': version }),
        },
      }),
    ),
  );
  if (!output) throw new LostRace('Others are counting changes of this tenant.');
}
