import type { ServedRequest } from '../../local/gateway/gateway';
import { createNarrator } from '../../local/narrator';
import { bodyAsPrinted } from '../../local/printed';
import { rowAt } from '../operator/activity/rows';
import bodies from './printed.json';

const served = (more: Partial<ServedRequest>): ServedRequest => ({
  id: 'request1',
  method: 'POST',
  status: 201,
  line: 'the line',
  sent: '',
  answered: '',
  ...more,
});

function open(verbose = false) {
  const lines: string[] = [];
  return { lines, narrator: createNarrator((line) => lines.push(line), verbose) };
}

const created = rowAt('aaaabbbbcccc', 1, { template: 'created', status: 201 });
const failed = rowAt('aaaabbbbcccc', 1, {
  kind: 'failure',
  template: 'createFailed',
  status: 400,
  remedy: 'required',
  personal: { detail: 'displayName is required.', name: 'bob\u001b[31m sst_abcdefghijkl_0123' },
});

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

test('a change is a sentence, which takes the place of the line of its request', () => {
  const { lines, narrator } = open();
  narrator.request(served({}));
  expect(lines).toEqual([]);
  narrator.row(created);
  jest.advanceTimersByTime(5_000);
  expect(lines).toEqual(['00:00:01 201  created user anna@example.com']);
});

test('a failure, whose row comes before the response, is a sentence with what to do, and without tokens', () => {
  const { lines, narrator } = open();
  narrator.row(failed);
  narrator.request(served({ status: 400 }));
  expect(lines).toEqual([
    '00:00:01 400  displayName is required (creating user bob\\u{1b}[31m sst_...)',
    expect.stringMatching(/^ +To do: Give the attribute a value .* docs\/okta\.md/),
  ]);
});

test('a request without a row is a line: a read and a refusal at once, a change after a second', () => {
  const { lines, narrator } = open();
  narrator.request(served({ id: 'a', method: 'GET', status: 200, line: 'read' }));
  narrator.request(served({ id: 'b', status: 401, line: 'refused' }));
  narrator.request(served({ id: 'c', method: 'PATCH', status: 200, line: 'changed nothing' }));
  expect(lines).toEqual(['read', 'refused']);
  jest.advanceTimersByTime(1_000);
  expect(lines).toEqual(['read', 'refused', 'changed nothing']);
});

test('what waits for a row is printed at the end', () => {
  const { lines, narrator } = open();
  narrator.request(served({}));
  narrator.close();
  jest.advanceTimersByTime(5_000);
  expect(lines).toEqual(['the line']);
});

test('a verbose one prints the line, both bodies, and the sentence', () => {
  const { lines, narrator } = open(true);
  narrator.request(served({ sent: '{"userName": "anna"}', answered: '{"id":"1"}' }));
  narrator.row(created);
  expect(lines).toEqual([
    'the line',
    '         > {"userName":"anna"}',
    '         < {"id":"1"}',
    '00:00:01 201  created user anna@example.com',
  ]);
});

test.each(bodies)('a printed body: $name', ({ body, printed }) => {
  expect(bodyAsPrinted(body)).toBe(printed);
});
