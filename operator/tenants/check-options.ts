import { OperatorError } from '../error';

/**
 * Refuses what is none of the allowed values. A program can pass any text, and a tenant in which one is stored cannot be read.
 * @throws OperatorError that names them
 */
export function requireOneOf(what: string, value: string, allowed: readonly string[]): void {
  if (allowed.includes(value)) return;
  throw new OperatorError(
    `There is no ${what} ${JSON.stringify(value)}: use one of ${allowed.join(', ')}. Nothing was changed.`,
  );
}

/** Refuses the label of a credential that is no text. @throws OperatorError */
export function requireCredentialLabel(label: string | undefined): void {
  if (label === undefined || typeof label === 'string') return;
  throw new OperatorError(`The label ${JSON.stringify(label)} is not a text: put it in quotes. Nothing was changed.`);
}
