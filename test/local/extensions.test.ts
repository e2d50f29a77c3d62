import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import badge from './badge.json';
import { end, endAll, run, start } from './program';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scim-extensions-'));
});

afterEach(async () => {
  await endAll();
  await rm(folder, { recursive: true });
});

const leftFolders = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('scim-functions-'));

/** Numbers and dates that cannot be stored exactly, each by its attribute. */
const notKept = [
  ['issued', '"yesterday"'],
  ['issued', '"2024-02-30T00:00:00Z"'],
  ['level', '9223372036854775807'],
  ['level', '1e200'],
  ['level', '1.5'],
  ['score', '1e200'],
  ['score', '1e-200'],
  ['score', '1e400'],
  ['doors[value eq \\"d1\\"].floors', '9007199254740993'],
] as const;

describe('npm start with schema extensions', () => {
  it('stores and checks the attributes of a file in the folder, and leaves no bundles behind when it ends', async () => {
    const before = await leftFolders();
    await writeFile(join(folder, 'badge.json'), JSON.stringify(badge));
    const { baseUrl, token, child } = await start('--memory', '--extensions', folder);
    const urn = badge.schema.id;
    const send = async (method: string, path: string, body: string) => {
      const response = await fetch(`${baseUrl}/Users${path}`, {
        method,
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json' },
        body,
      });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    };
    /** `value` is JSON text: some numbers cannot be written otherwise. */
    const user = (value: string) =>
      `{"userName":"anna@example.com","displayName":"Anna","name":{"givenName":"Anna","familyName":"Example"},"${urn}":${value}}`;
    const patch = (op: string, attribute: string, value: string) =>
      `{"Operations":[{"op":"${op}","path":"${urn}:${attribute}","value":${value}}]}`;

    const made = await send('POST', '', user('{"number":"A-1","doors":[{"value":"d1","floors":[1]}]}'));
    expect(made).toMatchObject({ status: 201, body: { [urn]: { number: 'A-1' } } });
    const path = `/${made.body.id}`;
    for (const [attribute, value] of notKept) {
      const refusal = {
        status: 400,
        body: { scimType: 'invalidValue', detail: expect.stringContaining(attribute.split('.').at(-1) ?? attribute) },
      };
      const name = attribute.split('[')[0];
      const whole = attribute.includes('floors')
        ? `{"doors":[{"value":"d2","floors":[${value}]}]}`
        : `{"${name}":${value}}`;
      expect(await send('POST', '', user(whole))).toMatchObject(refusal);
      expect(await send('PUT', path, user(whole))).toMatchObject(refusal);
      expect(await send('PATCH', path, patch('replace', attribute, value))).toMatchObject(refusal);
    }

    const labels = '[{"type":"back","primary":true}]';
    await send('PATCH', path, patch('replace', 'doors', '[{"value":"d1","type":"front","primary":true,"floors":[1]}]'));
    const labelled = await send('PATCH', path, patch('add', 'doors', labels));
    const appended = await send('PATCH', path, patch('add', 'doors[value eq \\"d1\\"].floors', '[2]'));
    const front = { value: 'd1', type: 'front', primary: true };
    expect([labelled, appended]).toMatchObject([
      { status: 200, body: { [urn]: { doors: [{ ...front, floors: [1] }] } } },
      { status: 200, body: { [urn]: { doors: [{ ...front, floors: [1, 2] }] } } },
    ]);
    const sent = user(`{"doors":[{"value":"d1","type":"front","primary":true},${labels.slice(1)}}`);
    expect((await send('PUT', path, sent)).body[urn]).toEqual({ doors: [front] });

    // What the portal loads when it is called.
    const { origin, pathname } = new URL(baseUrl);
    const portal = `${origin}/${pathname.split('/')[1]}/portal/api/brand.get`;
    const headers = { 'Content-Type': 'application/json', Origin: origin, 'Sec-Fetch-Site': 'same-origin' };
    expect(await fetch(portal, { method: 'POST', headers, body: '{}' })).toMatchObject({ status: 200 });
    await end(child, 'SIGTERM');
    expect(await leftFolders()).toEqual(before);
  });

  it('does not start with a file that is not an extension, and says what is wrong with it', async () => {
    await writeFile(join(folder, 'badge.json'), JSON.stringify({ ...badge, resourceType: 'Device' }));
    const { child, printed } = run('--memory', '--port', '0', '--extensions', folder);
    const [code] = await once(child, 'close');
    expect({ code, out: printed.out }).toEqual({ code: 1, out: 'Starting the SCIM endpoint …\n' });
    expect(printed.err).toMatch(/^scim-local: Schema extensions in .* cannot be used\.\nbadge\.json: .*resourceType/);
  });

  it('does not start with a folder that is not there', async () => {
    const { child, printed } = run('--memory', '--port', '0', '--extensions', join(folder, 'none'));
    const [code] = await once(child, 'close');
    expect({ code, out: printed.out }).toEqual({ code: 1, out: 'Starting the SCIM endpoint …\n' });
    expect(printed.err).toMatch(/^scim-local: The schema extensions cannot be read: .*none.*\n$/);
  });
});
