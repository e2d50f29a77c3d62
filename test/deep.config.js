const base = require('../jest.config.js');
const deep = require('./deep.json');

// The tests that take longest: faults at each call, races, large groups, the traffic of all clients.
module.exports = {
  ...base,
  rootDir: '..',
  testMatch: deep.map((name) => `<rootDir>/test/${name}.test.ts`),
  testPathIgnorePatterns: [],
  // The commands of a guide are one test, and each starts a program: a busy machine needs minutes for them.
  testTimeout: 2 * base.testTimeout,
};
