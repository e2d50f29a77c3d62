import { consoleLog, describeError } from '../telemetry/log';

/**
 * Takes a step for records or messages, and answers the identifiers of those that failed: none, or all of them. This is
 * where every failure ends; it is logged, and its records are reported to be delivered again.
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
