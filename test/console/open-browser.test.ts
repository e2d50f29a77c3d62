import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openBrowser } from '../../console/open-browser';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'opener-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** What opens an address on this system, without a shell between. */
const opener = process.platform === 'darwin' ? 'open' : 'xdg-open';

test('the system opens the address as it is: no shell reads it', async () => {
  const opened = join(folder, 'opened');
  writeFileSync(
    join(folder, opener),
    `#!/bin/sh\nprintf '%s' "$1" > '${opened}.new'\n/bin/mv '${opened}.new' '${opened}'\n`,
  );
  chmodSync(join(folder, opener), 0o700);
  const address = 'http://127.0.0.1:1/#secret=$(touch x);a&b';
  openBrowser(address, { PATH: folder });
  while (!existsSync(opened)) await sleep(10);
  expect(readFileSync(opened, 'utf8')).toBe(address);
});

test('a system that opens nothing is no error', async () => {
  openBrowser('http://127.0.0.1:1/', { PATH: folder });
  await sleep(50);
});
