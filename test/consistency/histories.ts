import fc from 'fast-check';
import type { Single } from './group-model';

/**
 * What happens in a history: the users, the members at the start, and the requests that each client sends at the same
 * time.
 */
export interface History {
  readonly seed: number;
  readonly members: readonly string[];
  readonly operations: readonly Single[];
}

/** How many users a history has. Some are never deleted, so that sets of them are often valid. */
export interface Size {
  readonly users: readonly string[];
  readonly deletable: readonly string[];
  /** How many members a set has at least. */
  readonly fewest: number;
}

/** Random histories of requests on one group that are all sent at once. `mark` makes their names unique. */
export function histories({ users, deletable, fewest }: Size): fc.Arbitrary<History> {
  const one = fc.constantFrom(...users).map((user) => [user]);
  const set = fc.subarray([...users], { minLength: fewest });
  const name = fc.constantFrom('first', 'second', 'third');
  const of = (kind: 'replace' | 'add' | 'remove' | 'remove all others' | 'import', members: fc.Arbitrary<string[]>) =>
    members.map((chosen): Single => ({ kind, members: chosen }));
  const operation = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.tuple(name, set).map(([to, members]): Single => ({ kind: 'put', name: to, members })),
    },
    { weight: 3, arbitrary: of('replace', set) },
    { weight: 3, arbitrary: of('add', one) },
    { weight: 3, arbitrary: of('remove', one) },
    { weight: 2, arbitrary: of('add', set) },
    { weight: 2, arbitrary: of('remove', set) },
    { weight: 1, arbitrary: of('remove all others', fc.subarray(users.slice(0, 20), { minLength: 1 })) },
    { weight: 1, arbitrary: of('import', set) },
    {
      weight: 1,
      arbitrary: fc.tuple(name, set).map(([to, members]): Single => ({ kind: 'rename and add', name: to, members })),
    },
    { weight: 1, arbitrary: fc.constantFrom(...deletable).map((user): Single => ({ kind: 'delete user', user })) },
    { weight: 1, arbitrary: fc.constant<Single>({ kind: 'delete group' }) },
  );
  return fc.record({
    seed: fc.nat(),
    members: set,
    operations: fc.array(operation, { minLength: 2, maxLength: 5 }),
  });
}
