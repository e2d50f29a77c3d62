import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { end, endAll, start } from './program';

type Access = Awaited<ReturnType<typeof start>>;

let data: string;

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'scim-'));
});

afterEach(async () => {
  await endAll();
  await rm(data, { recursive: true });
});

const headers = ({ token }: Access) => ({
  Authorization: `Bearer ${token}`,
  'Content-Type': 'application/scim+json',
});

async function create(access: Access, userName: string): Promise<number> {
  const name = { givenName: 'a', familyName: 'b' };
  const body = JSON.stringify({ userName, displayName: 'x'.repeat(2000), name });
  return (await fetch(`${access.baseUrl}/Users`, { method: 'POST', headers: headers(access), body })).status;
}

async function total(access: Access): Promise<number> {
  const response = await fetch(`${access.baseUrl}/Users?count=0`, { headers: headers(access) });
  return ((await response.json()) as { totalResults: number }).totalResults;
}

/** Bounds the size of the files that a process writes, to simulate a full disk. */
const limitFiles = ({ pid }: Access, bytes: string) =>
  execFileSync('prlimit', ['--pid', pid, `--fsize=${bytes}:unlimited`]);

const canLimit = spawnSync('prlimit', ['--version']).status === 0;
if (!canLimit) console.warn('The test of a full disk is left out: this machine has no program prlimit.');

(canLimit ? describe : describe.skip)('an endpoint whose disk was full', () => {
  it('reads all the time, writes again when there is space, and has lost nothing that it acknowledged', async () => {
    const first = await start('--data', data);
    expect(await create(first, 'before')).toBe(201);
    // Not at the end of a block of LevelDB's log, so that a record is torn.
    limitFiles(first, '70000');
    let created = 1;
    while ((await create(first, `full${created}`)) === 201) created++;
    expect(await create(first, 'still-full')).toBe(500);
    expect(await total(first)).toBe(created);

    limitFiles(first, 'unlimited');
    expect(await create(first, 'after')).toBe(201);
    await end(first.child, 'SIGKILL');
    const second = await start('--data', data);
    expect(await total(second)).toBe(created + 1);
    expect(await create(second, 'after')).toBe(409);
  });
});
