/** Messages of log lines that are kept: refused credentials, which `activity --refused` reads. */
const keptMessage = 'unauthorized';

/**
 * Hides the log lines of functions about each request, because the gateway prints a shorter one. Errors are printed,
 * warnings only if there is a log. `keep` gets the lines about refused credentials. Resolves when the console is restored.
 */
export function quietHandlers(warnings: boolean, keep: (line: string) => void = () => {}): () => Promise<void> {
  const passing: ReadonlySet<unknown> = new Set(warnings ? ['error', 'warn'] : ['error']);
  const { write } = process.stdout;
  process.stdout.write = ((chunk: unknown, ...more: never[]) => {
    // Nearly all lines, so they are not read.
    if (typeof chunk === 'string' && chunk.startsWith('{"level":"info"')) return true;
    const entry = typeof chunk === 'string' ? readEntry(chunk) : undefined;
    if (entry?.message === keptMessage) keep(String(chunk));
    return entry === undefined || passing.has(entry.level)
      ? write.call(process.stdout, chunk as string, ...more)
      : true;
  }) as typeof write;
  return () => {
    process.stdout.write = write;
    return Promise.resolve();
  };
}

/** A function's log entry; nothing for other text. */
function readEntry(line: string): { readonly level?: unknown; readonly message?: unknown } | undefined {
  if (!line.startsWith('{"level":')) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
