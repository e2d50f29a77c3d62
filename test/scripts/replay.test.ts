import type fastCheck from 'fast-check';

const { SCIM_TEST_SEED } = process.env;

afterEach(() => {
  if (SCIM_TEST_SEED === undefined) delete process.env.SCIM_TEST_SEED;
  else process.env.SCIM_TEST_SEED = SCIM_TEST_SEED;
});

/** fast-check as it is in a test file that jest has set up. */
function loaded(): typeof fastCheck {
  let fc: unknown;
  jest.isolateModules(() => {
    require('../../scripts/test-replay');
    fc = require('fast-check');
  });
  return fc as typeof fastCheck;
}

/** The values with which a property fails under a seed, and the seed that it prints. */
function failUnder(seed: string) {
  process.env.SCIM_TEST_SEED = seed;
  const fc = loaded();
  const isSmall = fc.property(fc.array(fc.nat(), { minLength: 3 }), (values) => Math.max(...values) < 1000);
  const { counterexample, seed: printed } = fc.check(isSmall, { endOnFailure: true });
  return { counterexample, printed };
}

test('a property that failed fails with the same values again under the seed that it printed', () => {
  const first = failUnder('-5');
  expect(first.printed).toBe(-5);
  expect(first.counterexample).not.toBeNull();
  expect(failUnder('-5')).toEqual(first);
  expect(failUnder('6').counterexample).not.toEqual(first.counterexample);
});
