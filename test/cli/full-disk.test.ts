import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type LocalEndpoint, startLocal } from './local-endpoint';

const program = join(__dirname, '../../bin/scim-admin.ts');
const noRoom = /^scim-admin: There is no space left for the file: free some, .*\n$/;

let endpoint: LocalEndpoint;
let folder: string;

beforeAll(async () => {
  endpoint = await startLocal();
  folder = await mkdtemp(join(tmpdir(), 'scim-admin-'));
  const { baseUrl, token } = await endpoint.createTenant({ label: 'acme', profile: 'standard' });
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json' };
  for (let index = 0; index < 40; index++) {
    const body = JSON.stringify({ userName: `user${index}`, displayName: 'x'.repeat(1000) });
    await fetch(`${baseUrl}/Users`, { method: 'POST', headers, body });
  }
});

afterAll(async () => {
  await endpoint.close();
  await rm(folder, { recursive: true });
});

/** Runs an export whose file may have at most 16 blocks, to simulate a full disk. */
async function exportWithoutRoom(rest: string) {
  const command = `ulimit -f 16; exec "${process.execPath}" --import tsx "${program}" export acme --data "${endpoint.data}" ${rest}`;
  const child = spawn('sh', ['-c', command], {
    env: { ...process.env, TSX_DISABLE_CACHE: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [err] = await Promise.all([text(child.stderr), text(child.stdout), once(child, 'close')]);
  return { code: child.exitCode, err };
}

test('an export without disk space says so, and does not leave a file that looks complete', async () => {
  expect(await exportWithoutRoom(`--out "${folder}/acme.jsonl"`)).toEqual({
    code: 1,
    err: expect.stringMatching(noRoom),
  });
  expect(await readdir(folder)).toEqual([]);
});

test('an export to standard output that finds no room does not pass for a whole one', async () => {
  expect(await exportWithoutRoom(`> "${folder}/out.jsonl"`)).toEqual({ code: 1, err: expect.stringMatching(noRoom) });
});
