import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const requirements = join(__dirname, 'requirements.txt');
const folder = resolve(__dirname, '../.venv/ministack');
const marker = join(folder, 'requirements.txt');

const needsPython =
  'MiniStack needs Python 3.10 or newer, as "python3": install it, or pass --url for an emulator that runs already.';

/**
 * Installs the pinned emulator from PyPI into a virtual environment of the checkout, unless it is there.
 * @returns the folder of the virtual environment
 * @throws Error if Python 3.10 or PyPI is missing
 */
export async function installMiniStack(): Promise<string> {
  if (isInstalled()) return folder;
  await run('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 10))'], needsPython);
  await run('python3', ['-m', 'venv', '--clear', folder], 'No virtual environment (Debian: install python3-venv).');
  const pip = join(folder, 'bin', 'pip');
  await run(pip, ['install', '--quiet', '--no-deps', '-r', requirements], 'MiniStack cannot be installed from PyPI.');
  copyFileSync(requirements, marker);
  return folder;
}

function isInstalled(): boolean {
  return existsSync(marker) && readFileSync(marker, 'utf8') === readFileSync(requirements, 'utf8');
}

async function run(program: string, args: readonly string[], problem: string): Promise<void> {
  await promisify(execFile)(program, args).catch((error: Error) => {
    throw new Error(`${problem}\n${error.message}`, { cause: error });
  });
}
