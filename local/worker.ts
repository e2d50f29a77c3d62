import { waitPatiently } from './patience';

/** Work in the background of the requests. */
export interface Worker {
  /** Wakes the worker: there is more to do. */
  wake(): void;
  /** Has it begin at once with what there is to do. */
  hurry(): void;
  /** Resolves when all that it was woken for has been tried, or takes too long; the rest is not lost. */
  close(): Promise<void>;
}

const firstRetry = 500;
const lastRetry = 30_000;

/**
 * Starts a worker. `work` does one piece and resolves to the milliseconds until the next one is due, or to nothing if it
 * must be woken. Once woken it waits for `window` milliseconds, so that one piece has all that comes meanwhile. A piece that
 * fails is retried at growing intervals: its input is stored elsewhere.
 */
export function startWorker(name: string, work: () => Promise<number | undefined>, window = 0): Worker {
  let closed = false;
  let woken = false;
  let hurried = false;
  let gathering = false;
  let endPause = () => {};

  const pause = (milliseconds: number | undefined) =>
    new Promise<void>((resolve) => {
      const timer = milliseconds === undefined ? undefined : setTimeout(resolve, milliseconds);
      timer?.unref();
      endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const gather = async () => {
    gathering = true;
    await pause(window);
    gathering = false;
  };

  const attempt = async (failures: number): Promise<number> => {
    woken = false;
    hurried = false;
    try {
      const next = await work();
      if (!woken && !closed) await pause(next);
      if (woken && !hurried && !closed && window > 0) await gather();
      return 0;
    } catch (error) {
      if (closed) return 0;
      const delay = Math.min(firstRetry * 2 ** failures, lastRetry);
      console.error(`scim-local: ${name}: trying again in ${delay / 1000} s after ${String(error)}`);
      // A wake must not shorten the wait for the next attempt.
      for (const end = Date.now() + delay; !closed && Date.now() < end; ) await pause(end - Date.now());
      return failures + 1;
    }
  };

  const run = async () => {
    for (let failures = 0; !closed || woken; ) failures = await attempt(failures);
  };
  const running = run();

  return {
    wake() {
      woken = true;
      if (!gathering) endPause();
    },
    hurry() {
      hurried = true;
      endPause();
    },
    async close() {
      closed = true;
      endPause();
      await waitPatiently(running);
    },
  };
}
