/** The day of a time where the program runs, with the zone: `2026-11-27 (UTC+01:00)`. */
export function localDay(time: string): string {
  const date = new Date(time);
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(twoDigits).join('-');
  return `${day} (${zone(date)})`;
}

/** The time of day where the program runs: `03:46:12`. */
export function localClock(time: string): string {
  const date = new Date(time);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':');
}

/** A time where the program runs, with the zone, for a sentence or a list of facts. */
export function localTime(time: string): string {
  const [day, ...rest] = localDay(time).split(' ');
  return [day, localClock(time), ...rest].join(' ');
}

function zone(date: Date): string {
  const minutes = -date.getTimezoneOffset();
  if (minutes === 0) return 'UTC';
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60].map(twoDigits);
  return `UTC${minutes < 0 ? '-' : '+'}${hours}:${rest}`;
}

const twoDigits = (number: number) => String(number).padStart(2, '0');
