/**
 * Keeps from the console what functions log for CloudWatch about each request, since the gateway says it shorter; what
 * went wrong passes, mere warnings only where somebody listens. Resolves when the console is as it was.
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

/** The level of a function's log entry; nothing for any other text. */
function logLevel(line: string): unknown {
  if (!line.startsWith('{"level":')) return undefined;
  try {
    return (JSON.parse(line) as { level: unknown }).level;
  } catch {
    return undefined;
  }
}
