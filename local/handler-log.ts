/**
 * Hides the log lines of functions about each request, because the gateway prints a shorter one. Errors are printed,
 * warnings only if there is a log. Resolves when the console is restored.
 */
export function quietHandlers(warnings: boolean): () => Promise<void> {
  const passing: ReadonlySet<unknown> = new Set(warnings ? ['error', 'warn'] : ['error']);
  const { write } = process.stdout;
  process.stdout.write = ((chunk: unknown, ...more: never[]) => {
    const level = typeof chunk === 'string' ? logLevel(chunk) : undefined;
    return level === undefined || passing.has(level) ? write.call(process.stdout, chunk as string, ...more) : true;
  }) as typeof write;
  return () => {
    process.stdout.write = write;
    return Promise.resolve();
  };
}

/** The level of a function's log entry; nothing for other text. */
function logLevel(line: string): unknown {
  if (!line.startsWith('{"level":')) return undefined;
  try {
    return (JSON.parse(line) as { level: unknown }).level;
  } catch {
    return undefined;
  }
}
