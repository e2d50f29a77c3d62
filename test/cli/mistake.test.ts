import { explain } from '../../cli/mistake';
import { LostRace } from '../../lambda/directory/retry';

test.each([
  ['ThrottlingException', '', 'AWS throttles requests at the moment: try again in some seconds.'],
  [
    'Error',
    'ENOSPC',
    'There is no space left for the file: free some, or use another path, and run the same command again.',
  ],
  ['Error', 'ECONNRESET', 'The connection was reset: check the network and try again.'],
  ['Error', 'ENETUNREACH', 'The address cannot be reached: check the network and try again.'],
])('%s %s is one line with the cure', (name, code, cure) => {
  const failure = Object.assign(new Error('what it says\n    at somewhere'), { name, code });
  expect(explain(failure)).toBe(`${cure} (what it says)`);
});

test('a throttled table is described by its detail', () => {
  expect(explain(new LostRace('The directory is busy.'))).toBe('The directory is busy. Try again.');
});

test('an unexpected error is also one line, without a stack', () => {
  expect(explain(new TypeError('strange\n    at somewhere'))).toBe('Unexpected: TypeError: strange');
  expect(explain('thrown')).toBe('thrown');
});

test('an item that cannot be read is named by what it says itself', () => {
  const failure = Object.assign(new Error('The item pk=TENANT sk=x cannot be read: …'), { name: 'UnreadableItem' });
  expect(explain(failure)).toBe(failure.message);
});
