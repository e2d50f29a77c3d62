import remedies from './remedies.json';

/** The id of a cause of failures, and of what to do about it. */
export type RemedyId = keyof typeof remedies;

/** What to do about a failed request. */
export interface Remedy {
  /** Sentences for an operator or an administrator. */
  readonly do: string;
  /** Where the documentation says more: a path in the repository, with an anchor. */
  readonly docs: string;
}

interface Cause {
  readonly status?: number;
  readonly scimType?: string;
  /** A regular expression that the detail matches. */
  readonly detail?: string;
}

const causes: readonly { readonly id: RemedyId; readonly when: Cause }[] = Object.entries(remedies).map(
  ([id, { when }]) => ({ id: id as RemedyId, when }),
);

/** Whether it is the id of a remedy. */
export function isRemedy(id: unknown): id is RemedyId {
  return typeof id === 'string' && Object.hasOwn(remedies, id);
}

/** What to do about a cause. */
export function remedyOf(id: RemedyId): Remedy {
  return remedies[id];
}

/** The cause of a failure: the first in the data file that fits. The last one fits every failure. */
export function causeOf(status: number, scimType: string | undefined, detail: string): RemedyId {
  const fits = ({ when }: { readonly when: Cause }) =>
    (when.status ?? status) === status &&
    (when.scimType ?? scimType) === scimType &&
    (when.detail === undefined || new RegExp(when.detail).test(detail));
  return causes.find(fits)?.id ?? 'fault';
}
