/** Runs what it is given one at a time, in order. */
export type Mutex = <T>(work: () => Promise<T>) => Promise<T>;

/** Makes a lock; a failure of one piece of work does not stop the next. */
export function createMutex(): Mutex {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work, work);
    last = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  };
}
