import fs from 'node:fs';
import { chmod, chown, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openDataFolder } from '../../local/data-folder';

let parent: string;
let path: string;

beforeEach(async () => {
  // Not in the folder for temporary files of these tests: another user cannot enter that.
  parent = await mkdtemp('/tmp/scim-data-');
  await chmod(parent, 0o755);
  path = join(parent, 'data');
});

afterEach(() => rm(parent, { recursive: true }));

/** Opens the folder, writes some values of 100 bytes, and closes it. */
async function write(count: number): Promise<void> {
  const { database, confirm, close } = await openDataFolder({ path });
  await confirm();
  for (let at = 0; at < count; at++) {
    await database.batch([{ type: 'put', key: `a/${at}`, value: 'x'.repeat(100) }]);
  }
  await close();
}

/** The newest file of the database with such a name. */
async function newest(pattern: RegExp): Promise<string> {
  const names = (await readdir(join(path, 'db'))).filter((name) => pattern.test(name)).sort();
  return join(path, 'db', names.at(-1) ?? '');
}

async function modes(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return Promise.all(
    entries.map(async (entry) => {
      const mode = (await stat(join(entry.parentPath, entry.name))).mode & 0o777;
      return `${entry.isDirectory() ? 'folder' : 'file'} ${mode.toString(8)}`;
    }),
  );
}

describe('a data folder is for its user only', () => {
  it('when it is made', async () => {
    await write(10);
    expect(new Set(await modes(parent))).toEqual(new Set(['folder 700', 'file 600']));
  });

  it('whatever was there', async () => {
    await write(10);
    for (const entry of await readdir(parent, { recursive: true, withFileTypes: true })) {
      await chmod(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o777 : 0o666);
    }
    const folder = await openDataFolder({ path });
    expect(new Set(await modes(parent))).toEqual(new Set(['folder 700', 'file 600']));
    await folder.close();
  });
});

describe('data that were cut off are noticed', () => {
  const cuts: [what: string, pattern: RegExp, left: (bytes: number) => number][] = [
    ['a log that lost its end', /\.log$/, (bytes) => bytes - 1],
    ['a log that lost whole records', /\.log$/, (bytes) => bytes / 2],
    ['a log that lost everything', /\.log$/, () => 0],
    ['a manifest that lost its end', /^MANIFEST/, (bytes) => bytes - 1],
  ];

  it.each(cuts)('%s', async (_what, pattern, left) => {
    await write(50);
    const file = await newest(pattern);
    await truncate(file, Math.floor(left((await stat(file)).size)));
    const before = await readFile(file);
    await expect(openDataFolder({ path })).rejects.toThrow(
      /damaged \((.* has lost \d+ of its \d+ bytes|nothing is left)/,
    );
    expect(await readFile(file)).toEqual(before);
  });

  it('and what is left can be used when the note is deleted', async () => {
    await write(50);
    const file = await newest(/\.log$/);
    await truncate(file, (await stat(file)).size - 1);
    await rm(join(path, 'sizes.json'));
    const { database, close } = await openDataFolder({ path });
    expect(await database.get('a/48')).toBeDefined();
    expect(await database.get('a/49')).toBeUndefined();
    await close();
  });

  it('while whole data open again and again, over many logs', async () => {
    for (let round = 0; round < 3; round++) {
      const { database, confirm, close } = await openDataFolder({ path });
      await confirm();
      for (let at = 0; at < 100; at++) {
        await database.batch([{ type: 'put', key: `a/${at}`, value: 'x'.repeat(100_000) }]);
      }
      await close();
    }
    const { database, close } = await openDataFolder({ path });
    expect(await database.get('a/99')).toHaveLength(100_000);
    await close();
  });
});

it('the part of a table that a process left when it ended is no damage', async () => {
  for (let round = 0; round < 3; round++) await write(50);
  const table = await newest(/\.ldb$/);
  const unfinished = join(path, 'db', '000999.ldb');
  await writeFile(unfinished, (await readFile(table)).subarray(0, -1));
  const { database, close } = await openDataFolder({ path });
  expect(await database.get('a/49')).toBeDefined();
  await close();
  expect(await readdir(join(path, 'db'))).not.toContain('000999.ldb');
});

it('a table that the data are made of must have its end', async () => {
  for (let round = 0; round < 3; round++) await write(50);
  const table = await newest(/\.ldb$/);
  await truncate(table, (await stat(table)).size - 1);
  await expect(openDataFolder({ path })).rejects.toThrow(/damaged \(\d+\.ldb has no proper end\)/);
});

describe('a folder that cannot be written is refused in one line, at once:', () => {
  const nobody = 65_534;
  const isRoot = process.geteuid?.() === 0;
  /** Runs as a user who is not root, since root may write everywhere. */
  const asSomebody = async (work: () => Promise<void>) => {
    if (isRoot) process.seteuid?.(nobody);
    await work().finally(() => isRoot && process.seteuid?.(0));
  };

  it('one that is not there and cannot be made', async () => {
    await chmod(parent, 0o555);
    await asSomebody(() =>
      expect(openDataFolder({ path })).rejects.toThrow(/^The data folder .* cannot be used: EACCES/),
    );
    await chmod(parent, 0o755);
  });

  it.each(['.', 'db', 'endpoint.json'])('%s', async (name) => {
    await write(1);
    if (isRoot)
      for (const entry of ['.', ...(await readdir(path, { recursive: true }))])
        await chown(join(path, entry), nobody, nobody);
    const target = join(path, name);
    await chmod(target, 0o555);
    await asSomebody(() => expect(openDataFolder({ path })).rejects.toThrow(`${target} cannot be written (EACCES)`));
  });
});

it('a write does not list the folder, unless LevelDB has begun a log', async () => {
  const { database, close } = await openDataFolder({ path });
  await database.batch([{ type: 'put', key: 'a/0', value: 0 }]);
  const list = jest.spyOn(fs, 'readdirSync');
  for (let at = 0; at < 20; at += 1) await database.batch([{ type: 'put', key: `a/${at}`, value: at }]);
  expect(list).not.toHaveBeenCalled();
  list.mockRestore();
  await close();
});

it('an empty note counts as none', async () => {
  await write(1);
  await writeFile(join(path, 'sizes.json'), '');
  await (await openDataFolder({ path })).close();
});

test('data of another release are refused, and the error says to delete them', async () => {
  await write(1);
  const marker = join(path, 'endpoint.json');
  const old = JSON.stringify({ ...JSON.parse(await readFile(marker, 'utf8')), format: 1 });
  await writeFile(marker, old);
  await expect(openDataFolder({ path })).rejects.toThrow(/of another release.*nothing was changed: delete the folder/);
  expect(await readFile(marker, 'utf8')).toBe(old);
});
