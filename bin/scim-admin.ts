#!/usr/bin/env node
import { createInterface } from 'node:readline/promises';
import { explain } from '../cli/mistake';
import { runAdmin } from '../cli/program';
import type { Terminal } from '../cli/terminal';

// The warning is about later releases of the SDK.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const interruption = new AbortController();
process.once('SIGINT', () => interruption.abort());
// A reader of the output may stop early, as `head` does. A full disk is an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  process.stderr.write(`scim-admin: ${explain(error)}\n`);
  process.exit(1);
});

const terminal: Terminal = {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  ...(process.stderr.isTTY ? { columns: process.stderr.columns } : {}),
  interactive: process.stdin.isTTY === true,
  environment: process.env,
  interrupted: interruption.signal,
  ask: (question) => {
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    return lines.question(question, { signal: interruption.signal }).finally(() => lines.close());
  },
};

runAdmin(process.argv.slice(2), terminal).then((code) => {
  process.exitCode = code;
});
