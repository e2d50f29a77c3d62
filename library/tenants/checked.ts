import { RefusedError } from '../errors';

/** A limit of credentials; undefined stays undefined. @throws RefusedError if it is not a whole number from 1 */
export function limited(limit: number | undefined): number | undefined {
  if (limit === undefined || (Number.isSafeInteger(limit) && limit >= 1)) return limit;
  throw new RefusedError(`${String(limit)} is no limit: use a whole number from 1. Nothing was changed.`);
}

/** A date; undefined stays undefined. @throws RangeError if it is no valid `Date`: compared with it, nothing would be found */
export function dated<Given extends Date | undefined>(date: Given): Given {
  if (date === undefined || (date instanceof Date && !Number.isNaN(date.getTime()))) return date;
  throw new RangeError(`${String(date)} is no date: use a valid Date.`);
}
