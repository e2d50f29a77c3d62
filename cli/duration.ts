import { InvalidArgumentError } from 'commander';

const units: ReadonlyMap<string, number> = new Map([
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 24 * 3_600_000],
  ['w', 7 * 24 * 3_600_000],
]);

/** The longest time span that a date in the future can have. */
const longest = 100 * 365 * 24 * 3_600_000;

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
