import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openDirectory } from 'serverless-scim/directory';
import { type LocalEvent, type LocalScim, play, startLocal } from 'serverless-scim/testing';
import badge from '../../local/badge.json';

const handled: string[] = [];
let running = 0;

const onEvent = async ({ 'detail-type': type, detail }: LocalEvent) => {
  expect(running++).toBe(0);
  await new Promise((resolve) => setTimeout(resolve, 5));
  running--;
  handled.push(type);
  const { userName } = detail.resource as { userName?: string };
  if (userName === 'wrong') throw new Error('my handler is wrong');
};

let environment: NodeJS.ProcessEnv;
let folder: string;
let first: LocalScim;
let second: LocalScim;

beforeAll(async () => {
  environment = { ...process.env };
  folder = mkdtempSync(join(tmpdir(), 'scim-extensions-'));
  copyFileSync(resolve(__dirname, '../../local/badge.json'), join(folder, 'badge.json'));
  [first, second] = await Promise.all([
    startLocal({ onEvent }),
    startLocal({ profile: 'standard', extensions: folder }),
  ]);
});

afterAll(async () => {
  await first.stop();
  await second.stop();
  rmSync(folder, { recursive: true });
});

async function createUser({ baseUrl, token }: LocalScim, userName: string): Promise<number> {
  const name = { givenName: 'Anna', familyName: 'Example' };
  const response = await fetch(`${baseUrl}/Users`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json' },
    body: JSON.stringify({ userName, displayName: 'Anna', name }),
  });
  return response.status;
}

test("an identity provider's requests are played against it, without a token in the result", async () => {
  const seen: string[] = [];
  const { steps, failed, created } = await play('okta/custom-app-users', {
    ...first,
    onStep: ({ name }) => seen.push(name),
  });
  expect(failed).toEqual([]);
  expect(seen).toEqual(steps.map(({ name }) => name));
  expect(created).toHaveLength(1);
  expect(JSON.stringify(steps)).not.toContain(first.token);
});

test('a flow that needs an empty directory is refused when it is not, and so is one that does not exist', async () => {
  await createUser(first, 'anna');
  await expect(play('okta/custom-app-users', first)).rejects.toThrow(/without users and groups/);
  await expect(play('okta/absent', first)).rejects.toThrow(/no flow "okta\/absent": use one of .*entra\/groups/);
});

test('a flow that cannot begin says whether it is the token or the endpoint', async () => {
  const wrong = play('okta/custom-app-users', { ...first, token: 'wrong' });
  await expect(wrong).rejects.toMatchObject({ code: 'Refused', message: expect.stringMatching(/401: check .* token/) });
  const absent = play('okta/custom-app-users', { ...first, baseUrl: 'http://127.0.0.1:9/scim/v2' });
  await expect(absent).rejects.toMatchObject({ code: 'Refused', message: expect.stringContaining('does not answer') });
});

test('several endpoints of one process have data of their own, and leave its environment alone', async () => {
  expect(await createUser(second, 'anna')).toBe(201);
  expect(await createUser(first, 'anna')).toBe(409);
  expect(await createUser(second, 'berta')).toBe(201);
  expect(process.env).toEqual(environment);
});

test('the events of a change have been handled, one after the other, when it has settled', async () => {
  await first.settled();
  handled.length = 0;
  for (const userName of ['berta', 'carla', 'dora']) await createUser(first, userName);
  await first.settled();
  expect(handled).toEqual(['User Created', 'User Created', 'User Created']);
});

test('a profile and schema extensions can be chosen', async () => {
  const response = await fetch(`${second.baseUrl}/Schemas`, { headers: { Authorization: `Bearer ${second.token}` } });
  expect(await response.text()).toContain(badge.schema.id);
});

test('what the handler of events throws, settled throws', async () => {
  await createUser(first, 'wrong');
  await expect(first.settled()).rejects.toThrow('my handler is wrong');
});

test('a folder of extensions that cannot be read is named', async () => {
  await expect(startLocal({ extensions: 'absent-folder' })).rejects.toThrow(/absent-folder/);
});

test('the library reads its directory, of which it knows the tables and a client', async () => {
  const user = await openDirectory(first).tenant(first.tenantId).users.byUserName('berta');
  expect(user).toMatchObject({ userName: 'berta', active: true });
});

test('nothing answers after it was stopped', async () => {
  await second.stop();
  await expect(fetch(second.baseUrl)).rejects.toThrow();
  await second.stop();
});

test('settled does not wait for an endpoint that was stopped', async () => {
  const third = await startLocal();
  const waiting = expect(third.settled()).rejects.toMatchObject({ code: 'Refused', message: expect.any(String) });
  await third.stop();
  await waiting;
  await expect(third.settled()).rejects.toThrow(/was stopped/);
});
