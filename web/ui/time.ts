const units = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** How far a time is from now, both in milliseconds since 1970: `3 minutes ago`, `in 2 days`, `just now`. */
export function relativeTime(time: number, now: number): string {
  const seconds = (time - now) / 1000;
  const unit = units.find(([, length]) => Math.abs(seconds) >= length);
  if (!unit) return Math.abs(seconds) < 10 ? 'just now' : secondsAway(seconds);
  const [name, length] = unit;
  return relative.format(Math.trunc(seconds / length), name);
}

const secondsAway = (seconds: number) => relative.format(Math.trunc(seconds), 'second');

/** A time in milliseconds since 1970 in the reader's time zone, to the second: `27 Nov 2026, 14:02:31`. */
export function absoluteTime(time: number, timeZone?: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium', timeZone }).format(time);
}

/** The date alone: `27 Nov 2026`. */
export function dateOf(time: number, timeZone?: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone }).format(time);
}

/** The time of day to the second: `14:02:31`. */
export function clockTime(time: number, timeZone?: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone }).format(time);
}

/** Whole days from now until a time, negative after it. */
export function daysUntil(time: number, now: number): number {
  return Math.floor((time - now) / 86_400_000);
}
