import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import badge from './badge.json';
import { endAll, run, start } from './program';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scim-extensions-'));
});

afterEach(async () => {
  await endAll();
  await rm(folder, { recursive: true });
});

const leftFolders = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('scim-functions-'));

describe('npm start with schema extensions', () => {
  it('stores and checks the attributes of a file in the folder, and leaves no bundles behind', async () => {
    const before = await leftFolders();
    await writeFile(join(folder, 'badge.json'), JSON.stringify(badge));
    const { baseUrl, token } = await start('--memory', '--extensions', folder);
    expect(await leftFolders()).toEqual(before);

    const urn = badge.schema.id;
    const post = async (value: unknown) => {
      const response = await fetch(`${baseUrl}/Users`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json' },
        body: JSON.stringify({
          userName: 'anna@example.com',
          displayName: 'Anna Example',
          name: { givenName: 'Anna', familyName: 'Example' },
          [urn]: value,
        }),
      });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    };
    expect(await post({ issued: 'yesterday' })).toMatchObject({ status: 400, body: { scimType: 'invalidValue' } });
    expect(await post({ number: 'A-1' })).toMatchObject({ status: 201, body: { [urn]: { number: 'A-1' } } });
  });

  it('does not start with a file that is not an extension, and says what is wrong with it', async () => {
    await writeFile(join(folder, 'badge.json'), JSON.stringify({ ...badge, resourceType: 'Device' }));
    const { child, printed } = run('--memory', '--port', '0', '--extensions', folder);
    const [code] = await once(child, 'close');
    expect({ code, out: printed.out }).toEqual({ code: 1, out: '' });
    expect(printed.err).toMatch(/^scim-local: Schema extensions in .* cannot be used\.\nbadge\.json: .*resourceType/);
  });

  it('does not start with a folder that is not there', async () => {
    const { child, printed } = run('--memory', '--port', '0', '--extensions', join(folder, 'none'));
    const [code] = await once(child, 'close');
    expect({ code, out: printed.out }).toEqual({ code: 1, out: '' });
    expect(printed.err).toMatch(/^scim-local: The schema extensions cannot be read: .*none.*\n$/);
  });
});
