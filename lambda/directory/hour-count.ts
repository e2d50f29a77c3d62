import { createHash } from 'node:crypto';

/** What is counted. Each counter has a limit of its own. */
export type Counter = 'users' | 'members';

/** How long something counts, in milliseconds. */
export const countedFor = 3_600_000;

/** How much may be changed within an hour: a share of the tenant's users, within bounds. */
const limits: Readonly<Record<Counter, { readonly share: number; readonly least: number; readonly most: number }>> = {
  /** Users that are disabled or deleted. */
  users: { share: 0.2, least: 20, most: 500 },
  /** Members that are removed from groups. */
  members: { share: 0.2, least: 50, most: 1_000 },
};

/** The limit of a counter for a tenant with so many users. */
export function limitOf(counter: Counter, users: number): number {
  const { share, least, most } = limits[counter];
  return Math.min(most, Math.max(least, Math.ceil(share * users)));
}

/** One change to count. */
export interface Charge {
  readonly counter: Counter;
  /** The same when the same change is counted again, by a repeated call or request: it then counts once. */
  readonly key: string;
  /** How many it changes. */
  readonly amount: number;
}

/** A short key for what was changed: 66 bits of the hash of a text. */
export function chargeKey(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 11);
}

/** What was counted: how many, and when, in milliseconds since the epoch. */
export type Entry = readonly [amount: number, at: number];

/** A counter of a tenant, as it is stored. Times are in milliseconds since the epoch. */
export interface HourCount {
  readonly limit: number;
  /** How many users the tenant had, and when they were counted. */
  readonly users: number;
  readonly counted: number;
  readonly entries: ReadonlyMap<string, Entry>;
  /** Since when everything past the limit is held; absent while nothing is. */
  readonly held?: number;
  /** Keys of what need not wait. */
  readonly released: ReadonlySet<string>;
}

/** What is left of the limit. */
export function leftOf({ limit, entries }: Pick<HourCount, 'limit' | 'entries'>): number {
  return [...entries.values()].reduce((left, [amount]) => left - amount, limit);
}

/** When a counter is looked at: what was counted or held before `since` no longer matters. */
export interface Moment {
  readonly now: number;
  readonly since?: number;
}

/** A counter without what is over an hour old, or older than the last release. */
export function present({ held, ...count }: HourCount, { now, since = 0 }: Moment): HourCount {
  const live = [...count.entries].filter(([, [, at]]) => at > now - countedFor && at >= since);
  return { ...count, entries: new Map(live), ...(held !== undefined && held >= since && { held }) };
}

/** The answer to a charge. */
export interface Charged {
  readonly within: boolean;
  /** What is left of the limit after it. */
  readonly left: number;
}

/**
 * Counts a change, if the limit allows it.
 * @param holds whether a change that the limit does not allow holds everything after it
 * @returns the answer, and the counter after that, which is the same one if it need not be stored
 */
export function settle(
  before: HourCount,
  { key, amount }: Charge,
  moment: Moment,
  holds: boolean,
): [Charged, HourCount] {
  const count = present(before, moment);
  const left = leftOf(count);
  const known = count.entries.get(key)?.[0] ?? 0;
  const more = amount - known;
  if (more <= 0 || count.released.has(key)) return [{ within: true, left }, before];
  if (count.held === undefined && more <= left) {
    const entries = new Map([...count.entries, [key, [amount, moment.now]]]);
    return [
      { within: true, left: left - more },
      { ...count, entries },
    ];
  }
  const held = count.held ?? moment.now;
  const isKnown = before.held === held || !holds;
  return [{ within: false, left }, isKnown ? before : { ...count, held }];
}
