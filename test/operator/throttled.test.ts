import { readFileSync } from 'node:fs';
import { isThrottlingError } from '@smithy/core/retry';
import { isThrottled } from '../../operator/throttled';

/** What the SDK says of an error. */
const bySdk = (error: object) => isThrottlingError(error as Parameters<typeof isThrottlingError>[0]);

test('an error is throttling exactly if it is for the SDK', () => {
  const source = readFileSync(require.resolve('@smithy/core/retry'), 'utf8');
  // Every text of the SDK's own file that could be the name of an error.
  const names = [...new Set(source.match(/\b[A-Z]\w{4,}\b/g))];
  expect(names).toEqual(expect.arrayContaining(['ThrottlingException', 'TimeoutError', 'InvalidSignatureException']));
  const errors = [
    ...names.map((name) => Object.assign(new Error(name), { name })),
    ...[400, 429, 503].map((httpStatusCode) => Object.assign(new Error('x'), { $metadata: { httpStatusCode } })),
    ...[{}, { throttling: false }, { throttling: true }].map(($retryable) =>
      Object.assign(new Error('x'), { $retryable }),
    ),
  ];
  expect(errors.filter(bySdk).length).toBeGreaterThan(10);
  expect(errors.filter(isThrottled)).toEqual(errors.filter(bySdk));
});
