import type { Model } from './linearize';

/** A request on one group or on one of its possible members, by itself or in a bulk request. */
export type Operation = Single | { readonly kind: 'bulk'; readonly operation: Single };

/** Users are named by letters. */
export type Single =
  | { readonly kind: 'put'; readonly name: string; readonly members: readonly string[] }
  | { readonly kind: 'rename and add'; readonly name: string; readonly members: readonly string[] }
  | {
      readonly kind: 'replace' | 'add' | 'remove' | 'remove all others' | 'import';
      readonly members: readonly string[];
    }
  | { readonly kind: 'delete user'; readonly user: string }
  | { readonly kind: 'delete group' }
  /** A read by a client while no other request runs. */
  | { readonly kind: 'read' };

/** The status; for a read, also its result. */
export interface Result {
  readonly status: number;
  readonly name?: string;
  readonly members?: readonly string[];
}

export interface Group {
  readonly name: string;
  readonly members: readonly string[];
}

interface State {
  readonly users: readonly string[];
  readonly group: Group | undefined;
}

/** The model: a directory with one group that handles one request after the other. */
export function groupModel(users: readonly string[], group: Group): Model<State, Operation, Result> {
  return {
    initial: { users, group },
    key: (state) => JSON.stringify(state),
    step: (state, operation, result) => {
      const { status, state: next = state } = perform(state, operation);
      // A request that gave up may still have been carried out.
      if (result.status === 429) return status < 300 ? [state, next] : [state];
      if (status !== result.status) return [];
      return operation.kind !== 'read' || shows(state, result) ? [next] : [];
    },
  };
}

function perform(state: State, operation: Operation): { readonly status: number; readonly state?: State } {
  const { users, group } = state;
  if (operation.kind === 'bulk') return perform(state, operation.operation);
  if (operation.kind === 'delete user') {
    const others = (ids: readonly string[]) => ids.filter((id) => id !== operation.user);
    if (!users.includes(operation.user)) return { status: 404 };
    return {
      status: 204,
      state: { users: others(users), group: group && { ...group, members: others(group.members) } },
    };
  }
  if (operation.kind === 'import') {
    const known = operation.members.filter((id) => users.includes(id));
    return { status: 200, state: { users, group: group && { ...group, members: union(group.members, known) } } };
  }
  if (!group) return { status: 404 };
  if (operation.kind === 'read') return { status: 200 };
  if (operation.kind === 'delete group') return { status: 204, state: { users, group: undefined } };
  return change(users, group, operation);
}

type Change = Extract<Operation, { readonly members: readonly string[] }>;

function change(users: readonly string[], group: Group, operation: Change) {
  const removes = operation.kind === 'remove' || operation.kind === 'remove all others';
  // Every user existed once: a missing one was deleted, and is skipped.
  const members = operation.members.filter((id) => removes || users.includes(id));
  const onlyAddsDeleted = operation.kind === 'add' && operation.members.length > 0 && members.length === 0;
  if (onlyAddsDeleted) return { status: 400 };
  const name = 'name' in operation ? operation.name : group.name;
  const after = { name, members: changedMembers(group.members, operation.kind, members) };
  return { status: operation.kind === 'put' ? 200 : 204, state: { users, group: after } };
}

function changedMembers(
  present: readonly string[],
  kind: Change['kind'],
  members: readonly string[],
): readonly string[] {
  switch (kind) {
    case 'put':
    case 'replace':
      return union([], members);
    case 'remove':
      return present.filter((id) => !members.includes(id));
    case 'remove all others':
      return present.filter((id) => members.includes(id));
    default:
      return union(present, members);
  }
}

function union(a: readonly string[], b: readonly string[]): readonly string[] {
  return [...new Set([...a, ...b])].sort();
}

function shows({ group }: State, { name, members = [] }: Result): boolean {
  return group?.name === name && (group?.members ?? []).join() === union([], members).join();
}
