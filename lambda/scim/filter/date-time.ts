/** A point in time: full milliseconds since 1970, and the remaining digits of the fraction. */
export interface Instant {
  readonly milliseconds: number;
  readonly rest: string;
}

const form = /^(-?(?:\d{4}|[1-9]\d{4,5}))-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:(Z)|([+-])(\d\d):(\d\d))?$/;

const minute = 60_000;
// Added, it makes every instant positive, so that padded digits sort as time does; twice it is still a safe integer.
const largest = 4.5e15;

/**
 * Reads an `xsd:dateTime` (RFC 7643 §2.3.5) with a fraction of any length; without a time zone it is UTC. Undefined
 * when the text is none, names a day that is not in the calendar, or lies more than 142,000 years from 1970.
 */
export function parseDateTime(text: string): Instant | undefined {
  const match = form.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1, 7).map(Number);
  const [fraction = '', , sign = '+', offsetHours = 0, offsetMinutes = 0] = match.slice(7);
  const offset = Number(offsetHours) * 60 + Number(offsetMinutes);
  const endOfDay = hours === 24 && minutes === 0 && seconds === 0 && !/[1-9]/.test(fraction);
  const timeFits = (hours < 24 || endOfDay) && minutes < 60 && seconds < 60;
  const offsetFits = offset <= 14 * 60 && Number(offsetMinutes) < 60;
  const midnight = midnightOf(year, month, day);
  if (midnight === undefined || !timeFits || !offsetFits) return undefined;
  const local =
    midnight + (hours * 60 + minutes) * minute + seconds * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
  const milliseconds = local - (sign === '-' ? -offset : offset) * minute;
  return Math.abs(milliseconds) > largest ? undefined : { milliseconds, rest: trimmed(fraction.slice(3)) };
}

/** The text by which instants compare and sort: equal for the same instant, smaller for the earlier one. */
export function instantKey({ milliseconds, rest }: Instant): string {
  return String(milliseconds + largest).padStart(16, '0') + rest;
}

function midnightOf(year: number, month: number, day: number): number | undefined {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : undefined;
}

// A loop, since `/0+$/` takes quadratic time on zeros that are followed by another digit.
function trimmed(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits.charAt(end - 1) === '0') {
    end -= 1;
  }
  return digits.slice(0, end);
}
