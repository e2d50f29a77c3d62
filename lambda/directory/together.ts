/**
 * Waits for two steps that are under way at once: for the result of the first, and a way to take that of the second when
 * it is its turn. So what is wrong with the first, or found with its result, is told before what is wrong with the second.
 * @throws what the first step throws
 */
export async function together<First, Second>(
  first: Promise<First>,
  second: Promise<Second>,
): Promise<readonly [First, () => Second]> {
  const [one, other] = await Promise.allSettled([first, second]);
  return [take(one), () => take(other)];
}

function take<Result>(settled: PromiseSettledResult<Result>): Result {
  if (settled.status === 'rejected') throw settled.reason;
  return settled.value;
}
