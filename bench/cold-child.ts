/**
 * One cold start, in its own process: loads the bundle, sends it one event, and prints the times in milliseconds. Arguments: the bundle,
 * a file with the event, and the time at which the parent started this process.
 */
export interface ColdStart {
  readonly load: number;
  readonly answer: number;
  /** Of all threads of the process, until the first response. */
  readonly cpu: number;
  /** The handler's result. */
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
  const { user, system } = process.cpuUsage();
  // Without process.exit, so that the parent gets the complete output.
  process.stdout.write(
    JSON.stringify({ load, answer, cpu: (user + system) / 1000, result: result ?? null } satisfies ColdStart),
  );
  process.exitCode = 0;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
