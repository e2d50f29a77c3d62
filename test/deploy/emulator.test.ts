import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const root = resolve(__dirname, '../..');
const running: ChildProcess[] = [];

/** A running program, and its output, by the first word of each line. */
interface Started {
  readonly program: ChildProcess;
  readonly printed: ReadonlyMap<string, string>;
}

/** Runs `npm run emulator` with options until it says how to stop it. */
async function start(...options: readonly string[]): Promise<Started> {
  const command = ['--import', 'tsx', 'bin/scim-emulator.ts', ...options];
  const program = spawn(process.execPath, command, { cwd: root, env: { PATH: process.env.PATH }, stdio: 'pipe' });
  running.push(program);
  let errors = '';
  program.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const printed = new Map<string, string>();
  for await (const line of createInterface(program.stdout)) {
    const [, name = '', value = ''] = /^(.+?) {2,}(.*)$/.exec(line) ?? [];
    printed.set(name, value);
    if (name === 'Stop') return { program, printed };
  }
  throw new Error(`It ended: ${errors}`);
}

/** Interrupts `npm run emulator` while it deploys; returns what it says. */
async function interrupt(...options: readonly string[]): Promise<string> {
  const command = ['--import', 'tsx', 'bin/scim-emulator.ts', ...options];
  const program = spawn(process.execPath, command, { cwd: root, env: { PATH: process.env.PATH }, stdio: 'pipe' });
  running.push(program);
  let errors = '';
  for await (const text of program.stderr.setEncoding('utf8')) {
    errors += text;
    if (errors.endsWith('Bootstrapping the account …\n')) program.kill('SIGINT');
  }
  return errors.slice(errors.indexOf('\n') + 1);
}

async function stop(program: ChildProcess): Promise<number | null> {
  const ended = once(program, 'exit');
  program.kill('SIGINT');
  const [code] = await ended;
  return code;
}

// Not SIGKILL: its emulator would keep running.
afterAll(async () => {
  for (const program of running) if (program.exitCode === null) await stop(program);
});

let first: Started;

beforeAll(async () => {
  first = await start('--port', '0');
});

/** Creates a user at the printed Base URL; returns its location. */
async function createUser({ printed }: Started, userName: string): Promise<string> {
  const headers = { Authorization: `Bearer ${printed.get('API token')}`, 'Content-Type': 'application/scim+json' };
  const body = JSON.stringify({ userName, displayName: 'A', name: { givenName: 'A', familyName: 'B' } });
  const response = await fetch(`${printed.get('Base URL')}/Users`, { method: 'POST', headers, body });
  const { meta } = (await response.json()) as { meta: { location: string } };
  expect(response.status).toBe(201);
  expect(response.headers.get('location')).toBe(meta.location);
  return meta.location;
}

const shell = (command: string) =>
  promisify(execFile)('bash', ['-euc', command], { cwd: root, env: { PATH: process.env.PATH, HOME: '/nonexistent' } });

test('the printed Base URL works, and responses name it', async () => {
  const location = await createUser(first, 'anna');
  expect(location).toContain(`${first.printed.get('Base URL')}/Users/`);
  const headers = { Authorization: `Bearer ${first.printed.get('API token')}` };
  expect(await (await fetch(location, { headers })).json()).toMatchObject({ userName: 'anna' });
});

test('the printed curl command works as it is', async () => {
  const { stdout } = await shell(`${first.printed.get('Try')} --silent --fail-with-body`);
  expect(JSON.parse(stdout)).toMatchObject({ schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'] });
});

test('the printed variables let scim-admin administer it', async () => {
  const list = 'node --import tsx bin/scim-admin.ts tenant list --json';
  const { stdout } = await shell(`${first.printed.get('Administer')}; ${list}`);
  expect(JSON.parse(stdout)).toMatchObject([{ label: expect.stringMatching(/^emulator-/), state: 'enabled' }]);
});

test('--url uses an emulator that runs, and leaves a deployment that was there', async () => {
  const [url = ''] = /^http:\/\/[^/]+/.exec(first.printed.get('Base URL') ?? '') ?? [];
  const second = await start('--url', url, '--profile', 'standard');
  await createUser(second, 'bob');
  expect(await stop(second.program)).toBe(0);
  await createUser(first, 'carol');
});

test('Ctrl-C during the deployment says what is left', async () => {
  const [url = ''] = /^http:\/\/[^/]+/.exec(first.printed.get('Base URL') ?? '') ?? [];
  expect(await interrupt('--url', url)).toBe(
    `scim-emulator: Stopped. What was deployed to ${url} by then is still there; the next run continues from it.\n`,
  );
});

test('Ctrl-C stops the emulator', async () => {
  const baseUrl = first.printed.get('Base URL') ?? '';
  expect(await stop(first.program)).toBe(0);
  await expect(fetch(baseUrl)).rejects.toThrow('fetch failed');
});
