/**
 * One cold start, in a process of its own: loads the bundle, sends it one event, and prints what it took. Arguments:
 * the bundle, a file with the event, and the moment at which the parent started this process.
 */
export interface ColdStart {
  readonly load: number;
  readonly answer: number;
  /** What the handler answered. */
  readonly result: unknown;
}

const now = () => performance.timeOrigin + performance.now();

async function main([bundle = '', eventFile = '', started = '']: readonly string[]): Promise<void> {
  const event: unknown = require(eventFile);
  const before = now();
  const { handler } = require(bundle) as { handler: (event: unknown) => Promise<unknown> };
  const load = now() - before;
  const result = await handler(event);
  const answer = now() - Number(started);
  // Not by process.exit: the parent must get it whole.
  process.stdout.write(JSON.stringify({ load, answer, result: result ?? null } satisfies ColdStart));
  process.exitCode = 0;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
