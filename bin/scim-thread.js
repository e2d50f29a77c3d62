// A checkout runs the thread from its source.
require('tsx/cjs');
require('./scim-thread.ts');
