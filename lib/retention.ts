import { defaultRetentionDays, maxRetentionDays } from '../deployment/tables';

/** Options for deleted users and groups. */
export interface RetentionProps {
  /**
   * For how many days a deleted user or group is kept whole, so that an operator can restore it: from 0, which keeps
   * nothing but its id, to 365. It counts for what is deleted from then on.
   *
   * @default 30
   */
  readonly deletedResourceRetention?: number;
}

/** Returns the days for which deleted resources are kept. @throws Error if it is not a whole number from 0 to 365 */
export function readRetentionDays({ deletedResourceRetention: days = defaultRetentionDays }: RetentionProps): number {
  if (Number.isInteger(days) && days >= 0 && days <= maxRetentionDays) return days;
  throw new Error(`deletedResourceRetention is ${days}; it is a whole number of days from 0 to ${maxRetentionDays}.`);
}
