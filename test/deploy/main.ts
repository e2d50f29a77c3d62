import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { emulatorEnvironment } from '../../emulator/environment';
import { installMiniStack } from '../../emulator/install';
import { type Emulator, startMiniStack } from '../../emulator/ministack';
import { bootstrap } from './cdk';

const root = resolve(__dirname, '../..');

/**
 * Runs the deployment test: against an emulator that it installs, starts and stops, or where
 * SCIM_TEST_DEPLOY_ENDPOINT says: `aws` for the account of the environment, or the URL of LocalStack. The JSON in
 * SCIM_TEST_DEPLOY_SETTINGS holds settings with which every stack is deployed there.
 */
async function main(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'scim-deploy-'));
  let emulator: Emulator | undefined;
  const cleanUp = (): void => {
    emulator?.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  process.once('exit', cleanUp);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
  const place = process.env.SCIM_TEST_DEPLOY_ENDPOINT;
  // With IAM enforced, so that what a function may not do fails here too.
  if (!place) emulator = await startMiniStack({ installed: await installMiniStack(), folder, enforceIam: true });
  const endpoint = emulator?.endpoint ?? (place === 'aws' ? undefined : place);
  const departs = emulator !== undefined;
  const env = endpoint ? emulatorEnvironment(endpoint) : process.env;
  await bootstrap({ ...(endpoint ? { endpoint } : {}), departs, settings: {} }, folder, env);
  return jest({
    ...env,
    ...(endpoint ? { DEPLOY_ENDPOINT: endpoint } : {}),
    DEPLOY_DEPARTS: String(departs),
    DEPLOY_SETTINGS: process.env.SCIM_TEST_DEPLOY_SETTINGS ?? '{}',
    DEPLOY_FOLDER: folder,
  });
}

/** Runs the tests in a process of their own; returns its exit code. */
function jest(env: NodeJS.ProcessEnv): Promise<number> {
  const program = join(root, 'node_modules/jest/bin/jest.js');
  const args = [program, '--config', join(__dirname, 'jest.config.js'), ...process.argv.slice(2)];
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: 'inherit' });
  return new Promise((done) => child.once('exit', (code) => done(code ?? 1)));
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
