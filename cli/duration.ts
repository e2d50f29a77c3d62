import { InvalidArgumentError } from 'commander';

const units: ReadonlyMap<string, number> = new Map([
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 24 * 3_600_000],
  ['w', 7 * 24 * 3_600_000],
]);

/** The longest time span that a date in the future can have. */
const longest = 100 * 365 * 24 * 3_600_000;

/** The longest time for which bodies are recorded. */
const longestSpan = 7 * 24 * 3_600_000;

/** Reads a time span such as `90m`, `24h`, `7d` or `52w`, as milliseconds. @throws InvalidArgumentError */
export function parseDuration(text: string): number {
  const [, count = '', unit = ''] = /^(\d{1,6})([mhdw])$/.exec(text) ?? [];
  const span = Number(count) * (units.get(unit) ?? Number.NaN);
  if (span <= longest) return span;
  throw new InvalidArgumentError('Use a number and a unit, such as 90m, 24h, 7d or 52w.');
}

/** Like `parseDuration`, but refuses zero. @throws InvalidArgumentError */
export function parseLife(text: string): number {
  const span = parseDuration(text);
  if (span > 0) return span;
  throw new InvalidArgumentError('The lifetime of a token must be longer than zero, such as 90d.');
}

/** Like `parseDuration`, but refuses zero and more than a week. @throws InvalidArgumentError */
export function parseSpan(text: string): number {
  const span = parseDuration(text);
  if (span > 0 && span <= longestSpan) return span;
  throw new InvalidArgumentError('Use a time from 1m to 7d, such as 2h.');
}

/** Reads when something begins: so long ago, such as `2h`, or a local time, such as `2026-11-27T03:00`. @throws InvalidArgumentError */
export function parseSince(text: string): Date {
  const isTime = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?$/.test(text);
  const isSpan = /^\d{1,6}[mhdw]$/.test(text);
  // Without a time of day, JavaScript takes a date as UTC.
  const since = isSpan
    ? new Date(Date.now() - parseDuration(text))
    : new Date(text.includes('T') ? text : `${text}T00:00`);
  if (!(isTime || isSpan) || Number.isNaN(since.getTime())) {
    throw new InvalidArgumentError(
      'Use a number and a unit, such as 90m, 24h or 7d, or a time such as 2026-11-27T03:00.',
    );
  }
  if (since.getTime() > Date.now())
    throw new InvalidArgumentError('This is in the future: use a time that has passed.');
  return since;
}
