import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { settings } from './departures';
import { installLocalStack } from './install';
import { startLocalStack } from './localstack';
import { missingPrograms } from './prerequisites';

const root = resolve(__dirname, '../..');
// The warning is about later releases of the SDK.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

/**
 * Runs the deployment test against LocalStack's open core, which it installs, starts and stops.
 * @param args `--install` to install it and do no more; anything else is for jest
 */
async function main(args: readonly string[]): Promise<number> {
  const missing = await missingPrograms();
  if (missing.length > 0) {
    console.error(`The test on LocalStack cannot run here. Install ${missing.join(', ')}, and try again.`);
    return 1;
  }
  console.error('Installing LocalStack into .venv/localstack, unless it is there …');
  const installed = await installLocalStack();
  if (args.includes('--install')) return 0;
  const folder = mkdtempSync(join(tmpdir(), 'scim-localstack-'));
  const localStack = await startLocalStack(installed, folder);
  try {
    return await deploymentTest(localStack.endpoint, args);
  } finally {
    await localStack.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Runs the deployment test; returns its exit code. */
async function deploymentTest(endpoint: string, args: readonly string[]): Promise<number> {
  const command = ['--import', 'tsx', join(root, 'test/deploy/main.ts'), 'deploy/deploy.test', ...args];
  const env = {
    ...process.env,
    SCIM_TEST_DEPLOY_ENDPOINT: endpoint,
    SCIM_TEST_DEPLOY_SETTINGS: JSON.stringify(settings),
  };
  const child = spawn(process.execPath, command, { cwd: root, env, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  const [code] = await once(child, 'exit');
  return code ?? 1;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
