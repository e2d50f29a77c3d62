import type { Tables } from '../../lambda/store/tables';

type Send = (command: unknown) => Promise<unknown>;

/** Random numbers from 0 to below 1; the same seed gives the same numbers. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Ids of resources; the same random numbers give the same ids, and so the same order of lists sorted by id. */
export function seededIds(random: () => number): () => string {
  const hex = (digits: number) => Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join('');
  return () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;
}

/**
 * Calls `run` with a scheduler and random numbers from a seed. They decide the order of calls to the store and the
 * length of pauses, which take no real time.
 */
export async function scheduled<Result>(
  seed: number,
  run: (scheduler: Scheduler, random: () => number) => Promise<Result>,
): Promise<Result> {
  const random = randomNumbers(seed);
  const jitter = jest.spyOn(Math, 'random').mockImplementation(random);
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'Date', 'performance', 'queueMicrotask'] });
  try {
    return await run(new Scheduler(random), random);
  } finally {
    jest.useRealTimers();
    jitter.mockRestore();
  }
}

/**
 * Runs one call to the store at a time. The seed chooses the next one of those that wait, which delays the others. The
 * same seed gives the same order of all calls.
 */
class Scheduler {
  private readonly waiting: (() => Promise<void>)[] = [];
  private steps = 0;

  constructor(private readonly random: () => number) {}

  /** How many calls have happened: the clock of a history. */
  get now(): number {
    return this.steps;
  }

  /** The tables, with each call waiting for its turn. */
  wrap(tables: Tables): Tables {
    const forward = tables.client.send.bind(tables.client) as Send;
    const send: Send = (command) =>
      new Promise((resolve, reject) => {
        this.waiting.push(() => forward(command).then(resolve, reject));
      });
    return { ...tables, client: { send: send as Tables['client']['send'] } };
  }

  /** Runs clients until all are done. */
  async run(clients: readonly (() => Promise<void>)[]): Promise<void> {
    let running = clients.length;
    const all = Promise.all(clients.map((client) => client().finally(() => running--)));
    while (running > 0) {
      await settled();
      const next = Math.floor(this.random() * this.waiting.length);
      const [call] = this.waiting.splice(next, 1);
      if (call) {
        await call();
        this.steps++;
      }
      // A client pauses: it continues when all others are waiting too, or sometimes earlier.
      if (!call || this.random() < 0.2) jest.advanceTimersToNextTimer();
    }
    await all;
  }
}

/** Resolves when every client waits for its next call to the store: between two calls they wait for nothing else. */
async function settled(): Promise<void> {
  for (let round = 0; round < 3; round++) await new Promise((resolve) => setImmediate(resolve));
}
