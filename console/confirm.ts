import { OperatorError } from '../operator/error';

/**
 * To be called before something is destroyed: what the operator typed must name it.
 * @throws OperatorError if it is another word
 */
export function requireTyped(typed: string, word: string): void {
  if (typed.trim() === word) return;
  throw new OperatorError(
    `Nothing was changed: ${JSON.stringify(typed)} was typed, and ${JSON.stringify(word)} confirms it.`,
  );
}
