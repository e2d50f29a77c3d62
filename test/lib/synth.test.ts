import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');
let out: string;

beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'synth-'));
});

afterEach(() => rmSync(out, { recursive: true }));

/** Runs the CDK app as the CDK's CLI does, on a machine without network, credentials or region. */
function synth(context: Readonly<Record<string, string>> = {}, cwd = root) {
  const nowhere = 'http://127.0.0.1:9';
  return spawnSync(process.execPath, ['--import', 'tsx', 'bin/scim.ts'], {
    cwd,
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH,
      HTTPS_PROXY: nowhere,
      HTTP_PROXY: nowhere,
      CDK_OUTDIR: out,
      CDK_VALIDATION: 'false',
      CDK_CONTEXT_JSON: JSON.stringify(context),
    },
  });
}

/** The names of the files in each of these folders, sorted. */
const filesIn = (folder: string, names: readonly string[]) =>
  names.map((name) => readdirSync(join(folder, name)).sort().join(' ')).sort();

test('the app synthesizes offline, with every function from its bundle', () => {
  expect(synth()).toMatchObject({ status: 0, stderr: '' });
  expect(existsSync(join(out, 'ServerlessScim.template.json'))).toBe(true);
  const assets = readdirSync(out).filter((name) => name.startsWith('asset.'));
  const functions = join(root, 'dist/functions');
  // The portal is not deployed unless it is asked for.
  const deployed = readdirSync(functions).filter((name) => name !== 'portal');
  expect(filesIn(out, assets)).toEqual(filesIn(functions, deployed));
});

test('the stack has the name in stackName', () => {
  expect(synth({ stackName: 'Staging' }).status).toBe(0);
  expect(existsSync(join(out, 'Staging.template.json'))).toBe(true);
});

test.each([
  [{ stackNam: 'Staging' }, 'There is no setting "stackNam". There are: stackName'],
  [{ stackName: 'my stack' }, 'Setting stackName="my stack": expected a name of letters'],
  [{ alarmEmail: 'operations' }, 'alarmEmail "operations" is not an email address.'],
  [{ encryptionKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/1' }, 'encryptionKey needs a stack with a known region'],
])('%p ends the app with one line and no stack trace', (context, message) => {
  const { status, stderr } = synth(context);
  expect([status, stderr.trim().split('\n').length]).toEqual([1, 1]);
  expect(stderr).toContain(message);
  expect(existsSync(join(out, 'manifest.json'))).toBe(false);
});

test('without bundles the app ends with one line that says how to make them', () => {
  const checkout = mkdtempSync(join(tmpdir(), 'checkout-'));
  try {
    for (const part of ['bin/scim.ts', 'deployment', 'lib', 'package.json', 'tsconfig.json']) {
      cpSync(join(root, part), join(checkout, part), { recursive: true });
    }
    symlinkSync(join(root, 'node_modules'), join(checkout, 'node_modules'));
    const { status, stderr } = synth({}, checkout);
    expect([status, stderr.trim().split('\n').length]).toEqual([1, 1]);
    expect(stderr).toMatch(/There are no bundles to deploy in .*dist\. Run "npm run bundle" first\./);
  } finally {
    rmSync(checkout, { recursive: true });
  }
});
