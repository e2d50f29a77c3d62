/** Takes what happened as a JSON object; never a token, a hash, a body, a filter or a name. */
export type Log = (entry: Readonly<Record<string, unknown>>) => void;

/** Writes an entry as one line, which CloudWatch reads as JSON. */
export const consoleLog: Log = (entry) => {
  process.stdout.write(`${JSON.stringify(entry)}\n`);
};

/** AWS's names for "this has the wrong form". Their messages repeat what was sent, and that is personal data. */
const aboutForm: ReadonlySet<string> = new Set(['SerializationException', 'ValidationException']);

/** A failure as it may stand in a log: name, code, message and stack, also of its causes. */
export function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error);
  const { name, message, stack = '', cause } = error;
  // The stack begins with the message.
  const frames = stack.split('\n').filter((line) => line.startsWith('    at '));
  return {
    name,
    // All that an AggregateError of connections that were refused says.
    ...('code' in error ? { code: String(error.code) } : {}),
    message: aboutForm.has(name) ? 'left out: it can repeat what was sent' : message,
    stack: frames.join('\n'),
    ...(cause === undefined ? {} : { cause: describeError(cause) }),
  };
}
