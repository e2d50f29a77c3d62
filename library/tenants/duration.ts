import { RefusedError } from '../errors';

const hour = 3_600_000;

/** Hours in milliseconds; undefined stays undefined. @throws RefusedError if it is no number, or less than 0 */
export function hours(count: number | undefined): number | undefined {
  if (count === undefined) return undefined;
  if (Number.isFinite(count) && count >= 0) return count * hour;
  throw new RefusedError(`${String(count)} is no number of hours: use 0 or more. Nothing was changed.`);
}

/** Days in milliseconds; undefined stays undefined. @throws RefusedError if it is no number, or not more than 0 */
export function days(count: number | undefined): number | undefined {
  if (count === undefined) return undefined;
  if (Number.isFinite(count) && count > 0) return count * 24 * hour;
  throw new RefusedError(`${String(count)} is no number of days: use more than 0. Nothing was changed.`);
}
