const limit = 5000;

/** Waits for something to end, but not longer than an impatient person would. */
export async function waitPatiently(ending: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limit);
  });
  await Promise.race([ending, tooLong]);
  clearTimeout(timer);
}
