import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { choosePort } from '../../emulator/choose-port';
import { emulatorVariables } from '../../emulator/environment';
import type { Installed } from './install';

/** A running LocalStack. */
export interface LocalStack {
  readonly endpoint: string;
  /** Ends it, with the functions and the database that it runs. */
  stop(): Promise<void>;
}

const startSeconds = 120;
const stopSeconds = 15;

/**
 * Starts LocalStack on a free port of this machine's loopback address, and waits until its database responds.
 * @param folder an empty folder for its data and its log
 * @throws Error with the end of its log if it does not respond in time
 */
export async function startLocalStack({ python, programs }: Installed, folder: string): Promise<LocalStack> {
  const port = await choosePort(0);
  const root = join(folder, 'root');
  const temporary = join(folder, 'temporary');
  const library = join(root, 'var/lib/localstack');
  for (const each of [library, temporary]) mkdirSync(each, { recursive: true });
  symlinkSync(programs, join(library, 'lib'));
  const log = join(folder, 'localstack.log');
  const output = openSync(log, 'w');
  const child = spawn(python, ['-m', 'localstack.runtime.main'], {
    cwd: temporary,
    detached: true,
    stdio: ['ignore', output, output],
    env: {
      PATH: process.env.PATH,
      HOME: temporary,
      TMPDIR: temporary,
      FILESYSTEM_ROOT: root,
      OVERRIDE_IN_DOCKER: '0',
      GATEWAY_LISTEN: `127.0.0.1:${port}`,
      // The default server listens on all addresses.
      GATEWAY_SERVER: 'hypercorn',
      LAMBDA_RUNTIME_EXECUTOR: 'host',
      SCIM_NODE: process.execPath,
      DYNAMODB_IN_MEMORY: '1',
      PROVIDER_OVERRIDE_DYNAMODB: 'v2',
      PROVIDER_OVERRIDE_DYNAMODBSTREAMS: 'v2',
      // Queue URLs with the address of the request; the others need DNS.
      SQS_ENDPOINT_STRATEGY: 'dynamic',
      SKIP_SSL_CERT_DOWNLOAD: '1',
      DISABLE_EVENTS: '1',
      DNS_ADDRESS: '0',
    },
  });
  const localStack = { endpoint: `http://127.0.0.1:${port}`, stop: () => stop(child, folder) };
  await responding(child, localStack.endpoint, log).catch(async (error: unknown) => {
    await localStack.stop();
    throw error;
  });
  return localStack;
}

/** The database is what takes longest to start. */
async function responding(child: ChildProcess, endpoint: string, log: string): Promise<void> {
  const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = emulatorVariables('');
  const credentials = { accessKeyId, secretAccessKey };
  const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
  const end = Date.now() + startSeconds * 1000;
  let problem: unknown;
  while (Date.now() < end && child.exitCode === null) {
    try {
      await client.send(new ListTablesCommand({}));
      return;
    } catch (error) {
      problem = error;
      await sleep(500);
    }
  }
  client.destroy();
  throw new Error(`LocalStack does not respond: ${problem}\n${readFileSync(log, 'utf8').slice(-3000)}`);
}

async function stop(child: ChildProcess, folder: string): Promise<void> {
  const pids = await processesOf(child, folder);
  signal(child.pid, 'SIGTERM');
  for (let second = 0; second < stopSeconds && child.exitCode === null && child.signalCode === null; second++) {
    await sleep(1000);
  }
  for (const pid of pids) signal(pid, 'SIGKILL');
}

/** It and what it started: the database is in a session of its own, and has the folder in its command line. */
async function processesOf({ pid }: ChildProcess, folder: string): Promise<readonly number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-axo', 'pid=,ppid=,args='], { maxBuffer: 1 << 26 });
  const lines = stdout.split('\n').map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? []);
  return lines
    .filter(
      ([, own, parent, args = '']) => Number(own) === pid || Number(parent) === pid || args.includes(`${folder}/root`),
    )
    .map(([, own]) => Number(own));
}

function signal(pid: number | undefined, name: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(pid, name);
  } catch {
    // It has ended already.
  }
}
