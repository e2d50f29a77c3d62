/** How often something happened, independent of the number of its events. */
export interface Tallied {
  readonly detailType: string;
  /** The attributes that changed, of an update. */
  readonly changed?: readonly string[];
  /** Resources, or members. */
  readonly count: number;
}

/** The part of an event that a tally reads, as a rule's target gets it. */
export interface TalliedEvent {
  readonly 'detail-type': string;
  readonly detail: {
    readonly id?: unknown;
    readonly changed?: readonly string[];
    readonly members?: readonly { readonly sequence: string }[];
  };
}

/**
 * Counts events in a form that does not depend on how the stream was cut into batches, or how often a record was
 * delivered: duplicates count once, and each member counts separately.
 */
export function tally(events: readonly TalliedEvent[]): readonly Tallied[] {
  const happened = new Map<string, Set<unknown>>();
  for (const { 'detail-type': detailType, detail } of events) {
    const key = JSON.stringify({ detailType, ...(detail.changed && { changed: detail.changed }) });
    const seen = happened.get(key) ?? new Set();
    happened.set(key, seen);
    for (const one of detail.members?.map(({ sequence }) => sequence) ?? [detail.id]) seen.add(one);
  }
  return [...happened]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, seen]) => ({ ...(JSON.parse(key) as Omit<Tallied, 'count'>), count: seen.size }));
}
