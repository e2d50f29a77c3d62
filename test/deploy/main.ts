import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Emulator, startEmulator } from './emulator';

const root = resolve(__dirname, '../..');

/**
 * Runs the deployment test: against an emulator that it installs, starts and stops, or where
 * SCIM_TEST_DEPLOY_ENDPOINT says: `aws` for the account of the environment, or the URL of LocalStack.
 */
async function main(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'scim-deploy-'));
  let emulator: Emulator | undefined;
  const cleanUp = (): void => {
    emulator?.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', cleanUp);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
  const endpoint = process.env.SCIM_TEST_DEPLOY_ENDPOINT;
  if (!endpoint) emulator = await startEmulator(folder);
  return jest({ ...process.env, ...environment(endpoint, emulator), DEPLOY_FOLDER: folder });
}

function environment(endpoint: string | undefined, emulator: Emulator | undefined): Record<string, string> {
  const quiet = { CDK_DISABLE_CLI_TELEMETRY: 'true', NODE_NO_WARNINGS: '1' };
  if (endpoint === 'aws') return quiet;
  const url = emulator?.endpoint ?? endpoint ?? '';
  return {
    ...quiet,
    AWS_ENDPOINT_URL: url,
    AWS_ENDPOINT_URL_S3: url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    DEPLOY_ENDPOINT: url,
    DEPLOY_API_DOMAIN: emulator
      ? `execute-api.127.0.0.1:${emulator.port}`
      : `execute-api.localhost.localstack.cloud:${new URL(url).port}`,
    DEPLOY_DEPARTS: String(emulator !== undefined),
  };
}

/** Runs the tests in a process of their own; answers its exit code. */
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
