import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { admin } from './admin';
import { type LocalEndpoint, startLocal } from './local-endpoint';
import cases from './mistakes.json';

interface Case {
  readonly args: readonly string[];
  readonly code: number;
  readonly out?: string;
  readonly err?: string;
}

let endpoint: LocalEndpoint;

beforeAll(async () => {
  endpoint = await startLocal();
  await endpoint.createTenant({ label: 'local' });
});

afterAll(() => endpoint.close());

test.each((cases as readonly Case[]).map((one) => [one.args.join(' '), one] as const))('%s', async (_, one) => {
  const onLocal = one.args.length > 1 ? ['--data', endpoint.data] : [];
  const { code, out, err } = await admin([...one.args, ...onLocal]);
  expect({ code, err }).toEqual({ code: one.code, err: expect.stringMatching(new RegExp(one.err ?? '^$')) });
  expect(out).toMatch(new RegExp(one.out ?? '^$'));
  expect(err).not.toMatch(/^\s+at /m);
});

describe('--data finds no endpoint', () => {
  const message = (folder: string) =>
    `No local endpoint runs on the data folder ${folder}: start it, or use the folder of one that runs. An endpoint that keeps its data in memory has no folder and cannot be reached. Start it with "npm start" in a checkout, or with "npx serverless-scim-local" (the package of that name) elsewhere. Pass --data if its data folder is another.`;

  test.each([__dirname, __filename, join(__dirname, 'absent')])('in %s', async (folder) => {
    expect(await admin(['tenant', 'list', '--data', folder])).toEqual({
      code: 1,
      out: '',
      err: `scim-admin: ${message(folder)}\n`,
    });
  });

  test('that was killed', async () => {
    const killed = await mkdtemp(join(tmpdir(), 'scim-killed-'));
    const facts = { ...JSON.parse(await readFile(join(endpoint.data, 'connection.json'), 'utf8')) };
    facts.client.endpoint = 'http://127.0.0.1:1';
    await writeFile(join(killed, 'connection.json'), JSON.stringify(facts));
    expect((await admin(['tenant', 'list', '--data', killed])).err).toBe(`scim-admin: ${message(killed)}\n`);
    await rm(killed, { recursive: true });
  });
});

test('--data with the key of another start says where the key is', async () => {
  const stale = await mkdtemp(join(tmpdir(), 'scim-stale-'));
  const facts = { ...JSON.parse(await readFile(join(endpoint.data, 'connection.json'), 'utf8')) };
  facts.client.credentials.accessKeyId = 'LOCAL0';
  await writeFile(join(stale, 'connection.json'), JSON.stringify(facts));
  const { code, err } = await admin(['tenant', 'list', '--data', stale]);
  expect([code, err]).toEqual([1, expect.stringContaining('not the one of this start of the endpoint')]);
  await rm(stale, { recursive: true });
});
