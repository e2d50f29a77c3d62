/** The type of a call. */
export interface Call<In, Out> {
  readonly in: In;
  readonly out: Out;
}

/** A call about one tenant, by id or label. */
export interface OfTenant {
  readonly tenant: string;
}

/** The answer of a call that changed something. */
export interface Done {
  /** What it means, and what else to know: sentences, to be shown. */
  readonly notes: readonly string[];
}

/** A page of a list. */
export interface Page {
  /** The cursor of the next page; absent on the last one. */
  readonly next?: string;
}

export type ResourceType = 'User' | 'Group';
