import { groupModel, type Operation, type Result } from './group-model';
import type { History } from './histories';
import { type Event, linearize } from './linearize';

/** A history in readable form, for the message of a failed test. */
function describeEvents(events: readonly Event<Operation, Result>[]): string {
  return events
    .map(({ operation, result, called, returned }) => {
      return `${called}-${returned}: ${JSON.stringify(operation)} -> ${JSON.stringify(result)}`;
    })
    .join('\n');
}

/**
 * Explains that no order of the requests gives the results that clients saw and the final state; undefined if one does.
 */
export function contradiction(
  users: readonly string[],
  { members }: History,
  events: readonly Event<Operation, Result>[],
): string | undefined {
  const order = linearize(groupModel(users, { name: 'before', members: [...members].sort() }), events);
  return order ? undefined : `No order of these requests explains their results:\n${describeEvents(events)}`;
}

/** Runs an operation and records the times of its call and its return. */
export async function observe(
  operation: Operation,
  now: () => number,
  perform: (operation: Operation) => Promise<Result>,
): Promise<Event<Operation, Result>> {
  const called = now();
  const result = await perform(operation);
  return { operation, result, called, returned: now() };
}
