const base = require('../../jest.config.js');

// The page in a real browser. One file at a time: each has a browser and an endpoint.
module.exports = {
  ...base,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/browser/**/*.test.ts'],
  testPathIgnorePatterns: [],
  maxWorkers: 1,
};
