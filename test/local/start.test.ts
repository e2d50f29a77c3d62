import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { end, endAll, run, start } from './program';

let folder: string;
let data: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scim-'));
  data = join(folder, 'data');
});

afterEach(async () => {
  await endAll();
  await rm(folder, { recursive: true });
});

/** Runs a start that must fail; its only line. */
async function refused(...args: string[]): Promise<string> {
  const { child, printed } = run(...args);
  const [code] = await once(child, 'close');
  expect(code).toBe(1);
  expect(printed.out).toMatch(/^(Starting the SCIM endpoint …\n)?$/);
  expect(printed.err).toMatch(/^scim-local: [^\n]+\n$/);
  return printed.err;
}

const shell = async (command: string) => {
  const child = spawn('sh', ['-c', `${command} -s -o /dev/null -w '%{http_code}'`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  await once(child, 'close');
  return out;
};

describe('npm start', () => {
  it('prints what an identity provider needs, and a command that works', async () => {
    const started = await start('--data', data);
    expect(started.baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/prod\/[a-z0-9]{12}\/scim\/v2$/);
    expect(started.token).toMatch(/^sst_/);
    expect(started.pid).toBe(String(started.child.pid));
    expect(await shell(started.try)).toBe('200');
  });

  it('ends on a signal, and shows the same tenant on the next start, also after kill -9', async () => {
    const first = await start('--data', data);
    expect(await end(first.child, 'SIGTERM')).toBe(0);
    const second = await start('--data', data);
    await end(second.child, 'SIGKILL');
    const third = await start('--data', data);
    const path = ({ baseUrl }: { baseUrl: string }) => new URL(baseUrl).pathname;
    expect([path(second), path(third)]).toEqual([path(first), path(first)]);
    expect([second.token, third.token]).toEqual([first.token, first.token]);
    expect(await end(third.child, 'SIGINT')).toBe(0);
  });

  it('never logs a token', async () => {
    const { baseUrl, token, printed } = await start('--memory');
    const before = printed.out.length;
    await fetch(`${baseUrl}/Users/${token}?filter=${token}`, { headers: { Authorization: `Bearer ${token}` } });
    while (!printed.out.slice(before).includes(' 404 ')) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(printed.out.slice(before)).not.toContain(token);
  });

  it('deletes the data on request, and then takes another profile', async () => {
    const first = await start('--data', data);
    await end(first.child, 'SIGTERM');
    const second = await start('--data', data, '--reset', '--yes', '--profile', 'standard');
    expect(second.token).not.toBe(first.token);
  });

  it('asks before it deletes data, and there is nobody to ask without a terminal', async () => {
    const first = await start('--data', data);
    await end(first.child, 'SIGTERM');
    const line = await refused('--port', '0', '--data', data, '--reset');
    expect(line).toContain(`--reset deletes all users, groups and tokens in ${data}`);
    expect(line).toContain('pass --yes as well');
    expect((await start('--data', data)).token).toBe(first.token);
  });

  it('says first that it starts, and then the profile, the folder and how to stop', async () => {
    const { printed } = await start('--data', data, '--profile', 'standard');
    expect(printed.out).toMatch(/^Starting the SCIM endpoint …\n/);
    expect(printed.out).toContain(`\nProfile  standard\nData  ${data}, kept for the next start\nStop  Ctrl-C\n`);
  });

  it('tells a browser what it is, and a program too', async () => {
    const { baseUrl } = await start('--memory');
    const root = new URL('/', baseUrl);
    const [page, text] = await Promise.all([fetch(root, { headers: { Accept: 'text/html,*/*' } }), fetch(root)]);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(await page.text()).toContain('<h1>A SCIM endpoint runs here</h1>');
    expect([text.status, text.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
    expect(await text.text()).toMatch(/^A SCIM endpoint runs here\n/);
  });

  it('shows its options', async () => {
    const { child, printed } = run('--help');
    expect(await once(child, 'close')).toEqual([0, null]);
    for (const option of ['--port', '--data', '--memory', '--profile', '--reset']) {
      expect(printed.out).toContain(option);
    }
  });
});

describe('npm start refuses, in one line and without harm,', () => {
  it('an option that does not exist', async () => {
    expect(await refused('--prot', '1')).toContain("Unknown option '--prot'");
  });

  it('a port in use', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    expect(await refused('--port', String(port), '--data', data)).toContain(`The port ${port} is in use`);
    await new Promise((resolve) => other.close(resolve));
    await start('--data', data);
  });

  it('a data folder in use, even to delete it', async () => {
    const running = await start('--data', data);
    for (const more of [[], ['--reset', '--yes']]) {
      const line = await refused('--port', '0', '--data', data, ...more);
      expect(line).toContain(`in use by the process ${running.pid}`);
    }
    expect(await shell(running.try)).toBe('200');
  });

  it('a folder that is not ours, even to delete it', async () => {
    await mkdir(data);
    await writeFile(join(data, 'thesis.txt'), 'x');
    for (const more of [[], ['--reset']]) {
      expect(await refused('--port', '0', '--data', data, ...more)).toContain('is not a data folder');
    }
    expect(await readdir(data)).toEqual(['thesis.txt']);
  });

  it('a file in place of a folder', async () => {
    await writeFile(data, 'x');
    expect(await refused('--port', '0', '--data', data)).toContain('cannot be used');
    expect(await readFile(data, 'utf8')).toBe('x');
  });

  it('another profile than that of the data', async () => {
    const { child } = await start('--data', data, '--profile', 'standard');
    await end(child, 'SIGTERM');
    const line = await refused('--port', '0', '--data', data, '--profile', 'identity-center');
    expect(line).toContain('have the profile standard, not identity-center');
    await start('--data', data);
  });
});

describe('npm start refuses damaged data and leaves them as they are:', () => {
  const damages: [what: string, damage: (db: string) => Promise<void>][] = [
    ['no CURRENT', (db) => rm(join(db, 'CURRENT'))],
    ['a CURRENT of garbage', (db) => writeFile(join(db, 'CURRENT'), 'garbage')],
    ['no database', (db) => rm(db, { recursive: true })],
    ['a log of garbage', async (db) => writeFile(await find(db, '.log'), 'garbage garbage garbage')],
    ['a flipped bit', async (db) => flipBit(await find(db, '.log'))],
    ['an empty log', async (db) => writeFile(await find(db, '.log'), '')],
    ['a manifest of garbage', async (db) => writeFile(await find(db, 'MANIFEST'), 'garbage')],
    ['a marker of garbage', (db) => writeFile(join(db, '..', 'endpoint.json'), '{')],
  ];

  let sound: string;

  beforeAll(async () => {
    sound = await mkdtemp(join(tmpdir(), 'scim-'));
    const { child } = await start('--data', sound);
    await end(child, 'SIGKILL');
  });

  afterAll(() => rm(sound, { recursive: true }));

  it.each(damages)('%s', async (_what, damage) => {
    await cp(sound, data, { recursive: true });
    await damage(join(data, 'db'));
    const before = await contents(data);

    expect(await refused('--port', '0', '--data', data)).toContain('damaged');
    expect(await contents(data)).toEqual(before);
  });
});

async function find(db: string, part: string): Promise<string> {
  const name = (await readdir(db)).find((each) => each.includes(part));
  if (name === undefined) throw new Error(`There is no file with ${part} in ${db}.`);
  return join(db, name);
}

async function flipBit(path: string): Promise<void> {
  const bytes = await readFile(path);
  const middle = Math.floor(bytes.length / 2);
  bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
  await writeFile(path, bytes);
}

/** What every file of the data holds; LevelDB's own log file is not data. */
async function contents(path: string): Promise<Record<string, string>> {
  const names = (await readdir(path, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !/^(LOG|LOG\.old)$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((name) => !name.includes('/lock/'));
  const files = names.map(async (name) => [name, (await readFile(name)).toString('base64')] as const);
  return Object.fromEntries(await Promise.all(files));
}
