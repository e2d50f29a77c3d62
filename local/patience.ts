/** Milliseconds to wait. A busy machine needs some; a second Ctrl-C ends the wait. */
const limit = 15_000;

/** Waits for a promise, but not forever. */
export async function waitPatiently(ending: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limit);
  });
  await Promise.race([ending, tooLong]);
  clearTimeout(timer);
}
