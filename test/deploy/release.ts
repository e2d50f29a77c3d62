import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const root = resolve(__dirname, '../..');

/** The commit or tag of the last release: docs/release.md says when it changes. Nothing was released before this one. */
export const lastRelease = '239e52b57022beb9a95c137ae9963e6deccb4c9f';

/** A checkout of a release, which runs with the packages of this checkout. */
export class Release {
  private constructor(readonly folder: string) {}

  /**
   * Checks out a release from the history into an empty folder.
   * @throws Error if the history does not have it
   */
  static unpack(commit: string, folder: string): Release {
    const archive = spawnSync('git', ['archive', '--format=tar', commit], { cwd: root, maxBuffer: 1 << 28 });
    if (archive.status !== 0) {
      throw new Error(
        `The last release, ${commit}, is not in the history of ${root}, so an upgrade from it cannot be tested: run ` +
          `"git fetch --unshallow" in a clone. (${archive.error?.message ?? String(archive.stderr).trim()})`,
      );
    }
    mkdirSync(folder);
    const tar = spawnSync('tar', ['-x', '-C', folder], { input: archive.stdout });
    if (tar.status !== 0) throw new Error(`${folder} cannot be written: ${tar.error?.message ?? tar.stderr}`);
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    return new Release(folder);
  }

  /** Runs its `scim-admin`; returns the JSON that it printed. */
  async admin<T>(...args: readonly string[]): Promise<T> {
    const command = ['--import', 'tsx', 'bin/scim-admin.ts', ...args, '--json'];
    const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: this.folder });
    return JSON.parse(stdout) as T;
  }

  /** Writes an export by its `scim-admin` to a file. */
  async export(tenant: string, stack: string, file: string): Promise<void> {
    const command = ['--import', 'tsx', 'bin/scim-admin.ts', 'export', tenant, '--stack', stack];
    const options = { cwd: this.folder, maxBuffer: 1 << 28 };
    const { stdout } = await promisify(execFile)(process.execPath, command, options);
    writeFileSync(file, stdout, { mode: 0o600 });
  }
}
