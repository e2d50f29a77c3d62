import { groupModel, type Operation, type Result } from './group-model';
import { type Event, linearize } from './linearize';

const users = ['a', 'b', 'c', 'd', 'e'];
const model = groupModel(users, { name: 'before', members: ['a', 'b', 'c', 'd', 'e'] });

const at = (called: number, returned: number, operation: Operation, result: Result): Event<Operation, Result> => ({
  operation,
  result,
  called,
  returned,
});
const replace = (...members: string[]): Operation => ({ kind: 'replace', members });
const add = (...members: string[]): Operation => ({ kind: 'add', members });
const shown = (...members: string[]): Result => ({ status: 200, name: 'before', members });
const done = { status: 204 };

test.each<[string, readonly Event<Operation, Result>[], boolean]>([
  [
    'two replacements that leave the members of one of them',
    [at(0, 5, replace('a', 'b'), done), at(1, 4, replace('c', 'd'), done), at(6, 7, { kind: 'read' }, shown('a', 'b'))],
    true,
  ],
  [
    'two replacements that leave nobody',
    [at(0, 5, replace('a', 'b'), done), at(1, 4, replace('c', 'd'), done), at(6, 7, { kind: 'read' }, shown())],
    false,
  ],
  [
    'two replacements of which the first one stays, though it returned before the second one began',
    [at(0, 1, replace('a', 'b'), done), at(2, 4, replace('c', 'd'), done), at(6, 7, { kind: 'read' }, shown('a', 'b'))],
    false,
  ],
  [
    'a request that gave up and was carried out',
    [at(0, 1, replace('a'), { status: 429 }), at(2, 3, { kind: 'read' }, shown('a'))],
    true,
  ],
  [
    'a request that gave up and was carried out in part',
    [at(0, 1, replace('a'), { status: 429 }), at(2, 3, { kind: 'read' }, shown('a', 'b'))],
    false,
  ],
  [
    'a member that is refused as unknown, though nobody deleted it',
    [at(0, 1, add('a'), { status: 400 }), at(0, 3, { kind: 'delete user', user: 'b' }, done)],
    false,
  ],
  [
    'a member that is refused as unknown while it is deleted',
    [at(0, 1, add('b'), { status: 400 }), at(0, 3, { kind: 'delete user', user: 'b' }, done)],
    true,
  ],
])('%s', (_name, events, isAllowed) => {
  expect(linearize(model, events) !== undefined).toBe(isAllowed);
});
