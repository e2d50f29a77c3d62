import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { dependencies } from '../../local/package.json';
import badge from '../local/badge.json';

const root = resolve(__dirname, '../..');
const app = join(process.env.DEPLOY_FOLDER ?? '', 'local-app');
const run = async (program: string, args: readonly string[]) =>
  (await promisify(execFile)(program, args, { cwd: app })).stdout;
const install = (...packages: readonly string[]) =>
  run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--legacy-peer-deps', ...packages]);
const bin = (name: string) => join(app, 'node_modules/.bin', name);

let program: ChildProcess;
const printed = new Map<string, string>();

beforeAll(async () => {
  mkdirSync(join(app, 'extensions'), { recursive: true });
  writeFileSync(join(app, 'extensions/badge.json'), JSON.stringify(badge));
  writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'local-app', private: true }));
  const pack = ['pack', '--silent', '--workspace', 'local', '--include-workspace-root', '--pack-destination', app];
  await promisify(execFile)('npm', pack, { cwd: root });
  const tarballs = readdirSync(app).filter((name) => name.endsWith('.tgz'));
  expect(tarballs.map((name) => name.replace(/-\d.*/, '')).sort()).toEqual([
    'serverless-scim',
    'serverless-scim-local',
  ]);
  await install(...tarballs.map((name) => `./${name}`));
  program = spawn(bin('serverless-scim-local'), ['--port', '0', '--extensions', 'extensions'], {
    cwd: app,
    stdio: 'pipe',
  });
  program.stderr?.resume();
  for await (const line of createInterface(program.stdout ?? process.stdin)) {
    const [, name = '', value = ''] = /^(.+?) {2}(.*)$/.exec(line) ?? [];
    printed.set(name, value);
    if (name === 'pid') break;
  }
});

afterAll(() => program?.kill());

const headers = () => ({ Authorization: `Bearer ${printed.get('API token')}` });

test('it has neither a bundler nor a compiler, and answers at the Base URL that it prints', async () => {
  const packages = readdirSync(join(app, 'node_modules'));
  expect(packages).toEqual(expect.arrayContaining(Object.keys(dependencies)));
  expect(packages.filter((name) => /^(?:esbuild|tsx|typescript|@esbuild)$/.test(name))).toEqual([]);
  const body = JSON.stringify({ userName: 'anna', displayName: 'A', name: { givenName: 'A', familyName: 'B' } });
  const sent = { method: 'POST', headers: { ...headers(), 'Content-Type': 'application/scim+json' }, body };
  expect((await fetch(`${printed.get('Base URL')}/Users`, sent)).status).toBe(201);
});

test('its functions have the schema extensions of the folder', async () => {
  const response = await fetch(`${printed.get('Base URL')}/Schemas/${badge.schema.id}`, { headers: headers() });
  expect(await response.json()).toMatchObject({ id: badge.schema.id });
});

/** A test of an application: what it prints, it has seen. */
const reader = `
const { openDirectory } = require('serverless-scim/directory');
const { openTenants } = require('serverless-scim/tenants');
const { play, startLocal } = require('serverless-scim/testing');

async function main() {
  const events = [];
  const local = await startLocal({ onEvent: (event) => events.push(event['detail-type']) });
  // As in a function: the environment says where the deployment is.
  Object.assign(process.env, local.environment);
  const { failed } = await play('okta/custom-app-users', local);
  await local.settled();
  const { total } = await openDirectory().tenant(local.tenantId).users.list();
  const { label } = await openTenants().get(local.tenantId);
  await local.stop();
  return { failed: failed.length, total, label, events: events.length > 0 };
}
`;

const seen = { failed: 0, total: 1, label: 'local', events: true };

test("an application's own program starts an endpoint, plays Okta's requests and reads by the grant's environment", async () => {
  writeFileSync(join(app, 'reader.js'), `${reader}main().then((result) => console.log(JSON.stringify(result)));`);
  // The process ends by itself: nothing stays open.
  expect(JSON.parse(await run(process.execPath, ['reader.js']))).toEqual(seen);
});

test("an application's jest tests can do the same", async () => {
  const check = `test('reads', async () => expect(await main()).toEqual(${JSON.stringify(seen)}), 60_000);`;
  writeFileSync(join(app, 'reader.test.js'), reader + check);
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  await run(process.execPath, [jest, '--rootDir', app, '--detectOpenHandles', 'reader.test.js']);
});

/** The last release that runs with Node 20. */
const vitest = 'vitest@4.1.12';

/** The same as a test of vitest: an ES module in TypeScript. */
const specification = `
import { openDirectory } from 'serverless-scim/directory';
import { openTenants } from 'serverless-scim/tenants';
import { type LocalScim, play, startLocal } from 'serverless-scim/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';

const events: string[] = [];
let local: LocalScim;
beforeAll(async () => {
  local = await startLocal({ onEvent: (event) => events.push(event['detail-type']) });
}, 60_000);
afterAll(() => local.stop());

test('reads', async () => {
  const { failed } = await play('okta/custom-app-users', local);
  await local.settled();
  const { total } = await openDirectory(local).tenant(local.tenantId).users.list();
  const { label } = (await openTenants(local).get(local.tenantId)) ?? {};
  expect({ failed: failed.length, total, label, events: events.length > 0 }).toEqual(${JSON.stringify(seen)});
}, 60_000);
`;

test("so can an application's vitest tests", async () => {
  await install('--save-dev', vitest);
  writeFileSync(join(app, 'reader.spec.ts'), specification);
  const result = JSON.parse(await run(bin('vitest'), ['run', '--reporter=json', 'reader.spec.ts']));
  expect(result).toMatchObject({ success: true, numPassedTests: 1 });
});

test('scim-admin of the other package manages it from the same folder', async () => {
  expect(JSON.parse(await run(bin('scim-admin'), ['tenant', 'list', '--local', '--json']))).toHaveLength(1);
  expect(await run(bin('scim-admin'), ['user', 'list', 'local', '--local'])).toContain('anna');
});
