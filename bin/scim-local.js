// Loads the TypeScript of the program, or says what is missing.
const { existsSync } = require('node:fs');
const { join } = require('node:path');

if (existsSync(join(__dirname, '../node_modules/tsx'))) {
  require('tsx/cjs');
  require('./scim-local.ts');
} else {
  console.error('scim-local: the packages are not installed: run "npm ci" first.');
  process.exitCode = 1;
}
