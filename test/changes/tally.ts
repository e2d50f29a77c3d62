/** How often something happened, whatever the number of events that tell it. */
export interface Tallied {
  readonly detailType: string;
  /** The attributes that changed, of an update. */
  readonly changed?: readonly string[];
  /** Resources, or members. */
  readonly count: number;
}

/** What a tally reads of an event, as a rule's target gets it. */
export interface TalliedEvent {
  readonly 'detail-type': string;
  readonly detail: {
    readonly id?: unknown;
    readonly changed?: readonly string[];
    readonly members?: readonly { readonly sequence: string }[];
  };
}

/**
 * Tells what events tell, in a form that is the same however the stream was cut into batches and however often a record
 * was delivered: what came twice counts once, and members count by themselves.
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
