import { PassThrough } from 'node:stream';
import { progress } from '../../cli/progress';

test('a long command prints its progress every two seconds', () => {
  let now = 0;
  const stderr = new PassThrough();
  const tell = progress({ stderr }, () => new Date(now));
  for (; now <= 5_000; now += 500) tell(() => `At ${now}`);
  expect(stderr.read().toString()).toBe('At 2000 …\nAt 4000 …\n');
});
