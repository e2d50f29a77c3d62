// SCIM_TEST_SEED is the seed that a failed property printed: every property then begins with the values of that run.
// (fast-check is loaded only then: most tests have no use for it.)
const seed = process.env.SCIM_TEST_SEED;
if (seed !== undefined) {
  const fc = require('fast-check');
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });
}
