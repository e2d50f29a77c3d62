#!/usr/bin/env node
// A checkout runs the program from its source. The package has no source, but a bundle.
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const source = join(__dirname, '../../bin/scim-local.js');
require(existsSync(source) ? source : '../dist/bin/scim-local.js');
