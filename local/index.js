// A checkout runs the thread from its source. The package has no source, but a bundle.
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const source = join(__dirname, '../bin/scim-thread.js');

/** The file of the thread that runs an endpoint for `startLocal` of `serverless-scim/testing`. */
exports.threadFile = existsSync(source) ? source : join(__dirname, 'dist/bin/scim-thread.js');
