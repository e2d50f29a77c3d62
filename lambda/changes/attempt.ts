import { consoleLog, describeError } from '../telemetry/log';

/**
 * Runs a step for records or messages. Returns the identifiers of those that failed: none, or all of them. Every failure
 * is caught and logged here, and its records are reported, so that they are delivered again.
 */
export async function attempt(
  identifiers: readonly string[],
  step: () => Promise<unknown> | unknown,
): Promise<readonly string[]> {
  try {
    await step();
    return [];
  } catch (error) {
    const [identifier] = identifiers;
    consoleLog({
      level: 'error',
      message: 'change not handled',
      identifier,
      records: identifiers.length,
      error: describeError(error),
    });
    return identifiers;
  }
}
