import { InvalidArgumentError } from 'commander';

/** Reads the maximum number of credentials of a tenant. @throws InvalidArgumentError */
export function parseLimit(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Use a number from 1 to 999.');
}
