/** An event of a client: its request, the result, and the times of call and return, by one clock. */
export interface Event<Operation, Result> {
  readonly operation: Operation;
  readonly result: Result;
  readonly called: number;
  readonly returned: number;
}

/** The model: a directory that handles one request after the other. */
export interface Model<State, Operation, Result> {
  readonly initial: State;
  /** The possible states after a request with this result; none if the result is impossible. */
  readonly step: (state: State, operation: Operation, result: Result) => readonly State[];
  /** The same for equal states. */
  readonly key: (state: State) => string;
}

/**
 * Finds an order of the events, in which each takes effect at one instant between its call and its return, that the
 * model allows; undefined when there is none. J. M. Wing and C. Gong, "Testing and Verifying Concurrent Objects"
 * (1993), with a memory of the states already tried (G. Lowe, 2017).
 */
export function linearize<State, Operation, Result>(
  { initial, step, key }: Model<State, Operation, Result>,
  events: readonly Event<Operation, Result>[],
): readonly Event<Operation, Result>[] | undefined {
  const tried = new Set<string>();

  function search(state: State, left: readonly Event<Operation, Result>[]): typeof left | undefined {
    if (left.length === 0) return [];
    const at = `${left.map((event) => events.indexOf(event)).join()} ${key(state)}`;
    if (tried.has(at)) return undefined;
    tried.add(at);
    // The next event must have been called before any remaining event returned.
    const firstReturn = Math.min(...left.map(({ returned }) => returned));
    for (const event of left.filter(({ called }) => called <= firstReturn)) {
      const others = left.filter((other) => other !== event);
      for (const next of step(state, event.operation, event.result)) {
        const rest = search(next, others);
        if (rest) return [event, ...rest];
      }
    }
    return undefined;
  }

  return search(initial, events);
}
