import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const bin = join(__dirname, '../../bin');
const run = (file: string) => promisify(execFile)(process.execPath, [file, '--help']);

test.each(['scim-admin', 'scim-local'])('%s runs from its source, and names npm ci before that', async (name) => {
  expect((await run(join(bin, `${name}.js`))).stdout).toContain('--help');
  const folder = await mkdtemp(join(tmpdir(), 'scim-launch-'));
  await cp(bin, join(folder, 'bin'), { recursive: true });
  await expect(run(join(folder, 'bin', `${name}.js`))).rejects.toMatchObject({
    code: 1,
    stderr: `${name}: the packages are not installed: run "npm ci" first.\n`,
  });
  await rm(folder, { recursive: true });
});
