import { clockTime, dateOf } from '../ui/time';

/** A time with its date, to the minute: `27 Nov 2026, 14:02`. */
export function minuteOf(time: string): string {
  const at = Date.parse(time);
  return `${dateOf(at)}, ${clockTime(at).slice(0, 5)}`;
}

/** The time of day, with the date if that is not today: `14:02`. */
export function timeOf(time: string): string {
  const at = Date.parse(time);
  return dateOf(at) === dateOf(Date.now()) ? clockTime(at).slice(0, 5) : minuteOf(time);
}
