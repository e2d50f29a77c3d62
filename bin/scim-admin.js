#!/usr/bin/env node
// A checkout runs the program from its source. The package has no source, but a bundle.
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const source = join(__dirname, 'scim-admin.ts');

if (!existsSync(source)) {
  require('../dist/admin/scim-admin.js');
} else if (existsSync(join(__dirname, '../node_modules/tsx'))) {
  require('tsx/cjs');
  require(source);
} else {
  console.error('scim-admin: the packages are not installed: run "npm ci" first.');
  process.exitCode = 1;
}
