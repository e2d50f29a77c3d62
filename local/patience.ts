/** Milliseconds. A loaded machine needs some; whoever will not wait presses Ctrl-C again. */
const limit = 15_000;

/** Waits for something to end, but not for ever. */
export async function waitPatiently(ending: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limit);
  });
  await Promise.race([ending, tooLong]);
  clearTimeout(timer);
}
