/** Runs functions one at a time, in order. */
export type Mutex = <T>(work: () => Promise<T>) => Promise<T>;

/** Creates a mutex; a failure of one function does not stop the next. */
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
