const { transform } = require('../../jest.config.js');

module.exports = {
  rootDir: '../..',
  roots: ['<rootDir>/test/deploy'],
  testMatch: ['**/*.test.ts'],
  transform,
  testTimeout: 300_000,
  maxWorkers: 1,
  verbose: true,
};
