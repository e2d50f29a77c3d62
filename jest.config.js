const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const deep = require('./test/deep.json');

// aws-cdk-lib validates every synthesized template (8 s); `npm run synth` does that, once.
process.env.CDK_VALIDATION = 'false';
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

// Whatever tests leave in the temporary folder, such as the CDK its templates, goes with it.
const temporary = mkdtempSync(join(tmpdir(), 'scim-test-'));
process.env.TMPDIR = temporary;
process.on('exit', () => rmSync(temporary, { recursive: true, force: true }));

module.exports = {
  testEnvironment: 'node',
  setupFiles: ['<rootDir>/scripts/test-replay.js'],
  roots: ['<rootDir>/test', '<rootDir>/examples'],
  testMatch: ['**/*.test.ts'],
  // Others run these: `npm run test:deploy`, `npm run test:browser`, `npm run test:deep`.
  testPathIgnorePatterns: ['/test/deploy/', '/test/browser/', ...deep.map((name) => `/test/${name}\\.test\\.ts$`)],
  // The package by its own name, as an application imports it: from the sources.
  moduleNameMapper: {
    '^serverless-scim$': '<rootDir>/lib/scim-endpoint',
    '^serverless-scim/stack$': '<rootDir>/lib/scim-stack',
    '^serverless-scim/(directory|tenants|events|testing)$': '<rootDir>/library/$1',
  },
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
    // It is published as an ES module only.
    '/node_modules/jose/.+\\.js$': ['@swc/jest', { jsc: { target: 'es2022' }, module: { type: 'commonjs' } }],
  },
  transformIgnorePatterns: ['/node_modules/(?!jose/)'],
  testTimeout: 180_000,
  maxWorkers: '100%',
  reporters: ['default', '<rootDir>/scripts/test-progress.js'],
};
