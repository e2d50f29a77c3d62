import { type Remedy, remedyOf } from '../../lambda/activity/remedy';
import type { ActivityRow } from '../../lambda/activity/row';
import { toSentence } from './sentence';

/** A row as it is shown and exported: with its sentence, and with what to do. */
export interface DescribedRow extends Omit<ActivityRow, 'remedy' | 'expires'> {
  readonly sentence: string;
  readonly remedy?: Remedy;
  /** When the row is deleted at the latest: ISO 8601 in UTC. */
  readonly expires: string;
}

/** Describes a row for operators: it names the AWS identity of other operators. */
export function describeRow({ remedy, expires, ...row }: ActivityRow): DescribedRow {
  return {
    ...row,
    sentence: toSentence({ ...row, expires }),
    ...(remedy && { remedy: pick(remedyOf(remedy)) }),
    expires: new Date(expires * 1000).toISOString(),
  };
}

const pick = ({ do: todo, docs }: Remedy): Remedy => ({ do: todo, docs });

/** Who did it: the label or id of the credential, an operator, or the customer's administrator. */
export function actorOf({ actor }: Pick<ActivityRow, 'actor'>): string {
  if (actor.administrator) return 'administrator';
  return actor.operator ? 'operator' : (actor.label ?? actor.credential ?? '-');
}
