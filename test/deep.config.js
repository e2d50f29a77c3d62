const base = require('../jest.config.js');
const deep = require('./deep.json');

// The tests that take longest: faults at each call, races, large groups, the traffic of all clients.
module.exports = {
  ...base,
  rootDir: '..',
  testMatch: deep.map((name) => `<rootDir>/test/${name}.test.ts`),
  testPathIgnorePatterns: [],
};
