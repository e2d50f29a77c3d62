import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { functions } from '../../deployment/functions';
import { plans } from '../../doctor/plans';
import { devDependencies } from '../../package.json';
import badge from '../local/badge.json';

const root = resolve(__dirname, '../..');
const app = join(process.env.DEPLOY_FOLDER ?? '', 'empty-app');

/** The smallest app that uses the construct. */
const source = `
import { App, Stack } from 'aws-cdk-lib';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { ScimEndpoint } from 'serverless-scim';
import { ScimStack } from 'serverless-scim/stack';
const app = new App();
const stack = new Stack(app, 'Mine');
new ScimEndpoint(stack, 'Scim', { alarmEmail: 'operations@example.com', reservedConcurrency: { bulk: 5 } });
const listening = new Stack(app, 'Listening');
const eventBus = new EventBus(listening, 'Bus');
const scim = new ScimEndpoint(listening, 'Scim', { eventBus, eventValues: true });
const reading = new Function(listening, 'Reading', { runtime: Runtime.NODEJS_22_X, handler: 'i.h', code: Code.fromInline('x') });
scim.grantReadDirectory(reading);
new Rule(listening, 'Left', { eventBus: scim.eventBus, eventPattern: { source: ['serverless-scim'] } });
new ScimStack(app, 'Whole');
`;

/** A program that imports every entry point, as an application does. */
const program = `
import { ScimEndpoint, type IScimEndpoint } from 'serverless-scim';
import { openDirectory, ScimLibraryError, type User } from 'serverless-scim/directory';
import { handleEvent } from 'serverless-scim/events';
import { openTenants, ScimLibraryError as Same, UnknownDeploymentError } from 'serverless-scim/tenants';
import { listFlows, startLocal } from 'serverless-scim/testing';

export const isActive = ({ active }: User): boolean => active;
export const grant = (endpoint: IScimEndpoint) => endpoint.environment;

const functions = [ScimEndpoint, openDirectory, handleEvent, startLocal];
let refused: unknown;
try {
  openTenants();
} catch (error) {
  refused = error;
}
console.log(JSON.stringify({
  functions: functions.every((each) => typeof each === 'function'),
  oneFamily: ScimLibraryError === Same && refused instanceof UnknownDeploymentError && refused instanceof ScimLibraryError,
  flows: listFlows().includes('okta/custom-app-users'),
}));
startLocal().catch((error: Error) => console.log(error.message));
`;

/** The app that README shows. */
const [, documented = ''] =
  /```ts\n(import \{ App[\s\S]*?)```/.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? [];

/** Type-checks an app and synthesizes it without a network; returns the folder of the result. */
function synthesize(name: string, text: string): string {
  const out = join(app, `${name}.out`);
  writeFileSync(join(app, `${name}.ts`), text);
  const options = ['--target', 'ES2022', '--module', 'nodenext', '--strict', '--skipLibCheck', '--types', 'node'];
  run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), ...options, `${name}.ts`]);
  const nowhere = 'http://127.0.0.1:9';
  run(process.execPath, [`${name}.js`], {
    PATH: process.env.PATH,
    HTTPS_PROXY: nowhere,
    HTTP_PROXY: nowhere,
    CDK_OUTDIR: out,
    CDK_VALIDATION: 'false',
  });
  return out;
}

interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties: unknown }>>;
  readonly Outputs?: Readonly<Record<string, unknown>>;
}

const template = (out: string, stack: string): Template =>
  JSON.parse(readFileSync(join(out, `${stack}.template.json`), 'utf8'));

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): string {
  const done = spawnSync(command, args, { cwd: app, env, encoding: 'utf8' });
  expect({ status: done.status, output: done.status === 0 ? '' : `${done.stdout}\n${done.stderr}` }).toEqual({
    status: 0,
    output: '',
  });
  return done.stdout;
}

let tarball: string;

beforeAll(() => {
  mkdirSync(app, { recursive: true });
  tarball = join(app, run('npm', ['pack', '--silent', '--pack-destination', app, root]).trim());
  const { 'aws-cdk-lib': cdk, constructs, '@types/node': types } = devDependencies;
  const dependencies = {
    'aws-cdk-lib': cdk,
    constructs,
    '@types/node': types,
    'serverless-scim': `file:${tarball}`,
  };
  writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'empty-app', private: true, dependencies }));
  run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts']);
});

afterAll(() => rmSync(app, { recursive: true }));

test('the package, installed into an empty CDK app, type-checks and synthesizes offline', () => {
  const out = synthesize('app', source);
  const countOf = (type: string, stack: string): number =>
    Object.values(template(out, stack).Resources).filter(({ Type }) => Type === type).length;
  expect(countOf('AWS::Lambda::Function', 'Mine')).toBe(functions.filter((each) => !('optional' in each)).length);
  expect(countOf('AWS::Events::EventBus', 'Listening')).toBe(1);
  expect(JSON.stringify(template(out, 'Listening').Resources)).toContain('SCIM_DEPLOYMENT');
  expect(existsSync(join(out, 'Whole.template.json'))).toBe(true);
});

test('the app in README has outputs, and its functions have the schema extensions of its folder', () => {
  mkdirSync(join(app, 'extensions'));
  writeFileSync(join(app, 'extensions/badge.json'), JSON.stringify(badge));
  const out = synthesize('readme', documented);
  expect(Object.keys(template(out, 'Identity').Outputs ?? {})).toContain('BaseUrl');
  const assets = readdirSync(out).filter((name) => existsSync(join(out, name, 'validators.js')));
  expect(assets.length).toBeGreaterThan(0);
  for (const asset of assets) {
    const { extensions } = require(join(out, asset, 'extensions.js'));
    expect(extensions).toEqual([badge]);
    expect(readFileSync(join(out, asset, 'validators.js'), 'utf8')).toContain(badge.schema.id);
  }
});

test.each(['mts', 'cts'])(
  'a program in .%s imports every entry point: its types are checked with those of the package, and it runs',
  (end) => {
    writeFileSync(join(app, `program.${end}`), program);
    // Without skipLibCheck: the declarations of the package are checked, too.
    const options = ['--target', 'ES2022', '--module', 'nodenext', '--strict', '--types', 'node'];
    run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), ...options, `program.${end}`]);
    const [printed = '', error] = run(process.execPath, [`program.${end.replace('ts', 'js')}`]).split('\n');
    expect(JSON.parse(printed)).toEqual({ functions: true, oneFamily: true, flows: true });
    expect(error).toBe('The package serverless-scim-local is not installed: run "npm i -D serverless-scim-local".');
  },
);

test('every link in the pages of the package leads to a file of the package', () => {
  const installed = join(app, 'node_modules/serverless-scim');
  const pages = readdirSync(installed, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md'));
  expect(pages).toEqual(expect.arrayContaining(['README.md', 'docs/library.md', 'examples/saas-app/README.md']));
  const links = pages.flatMap((page) =>
    [...readFileSync(join(installed, page), 'utf8').matchAll(/\]\((?![a-z]+:)([^)#\s]+)[^)]*\)/g)].map(
      ([, link = '']) => join(dirname(page), link),
    ),
  );
  expect(links.length).toBeGreaterThan(100);
  expect(links.filter((link) => !existsSync(join(installed, link)))).toEqual([]);
});

/** Installs the package into an empty folder without the CDK; returns the folders of all packages that came. */
function installAlone(name: string, source: string): readonly string[] {
  const consumer = join(app, name);
  mkdirSync(consumer);
  writeFileSync(join(consumer, 'package.json'), JSON.stringify({ name, private: true }));
  const flags = ['--prefix', consumer, '--prefer-offline', '--no-audit', '--no-fund', '--legacy-peer-deps'];
  run('npm', ['install', ...flags, source]);
  const { packages } = JSON.parse(readFileSync(join(consumer, 'node_modules/.package-lock.json'), 'utf8'));
  return Object.keys(packages);
}

test('npm installs the package from a git repository, and builds it', () => {
  expect(installAlone('from-git', `git+file://${root}`)).toContain('node_modules/serverless-scim');
  const installed = join(app, 'from-git/node_modules/serverless-scim/dist');
  expect(readdirSync(installed)).toEqual(
    expect.arrayContaining(['admin', 'compile-extensions', 'functions', 'lib', 'library']),
  );
});

test('without the CDK, the package brings at most 45 packages, and nothing of the local endpoint', () => {
  const packages = installAlone('from-tarball', tarball);
  expect(packages.length).toBeLessThanOrEqual(45);
  const needless = /\/(?:dynalite|esbuild|tsx|typescript|ajv|commander|classic-level|memory-level)$/;
  expect(packages.filter((path) => needless.test(path))).toEqual([]);
  const program = join(app, 'from-tarball/node_modules/.bin/scim-admin');
  expect(run(program, ['--version'])).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test("the package has the operator's commands and the licences of what its bundles hold", () => {
  expect(run('npx', ['--no-install', 'scim-admin', '--help'])).toContain('tenant');
  const installed = join(app, 'node_modules/serverless-scim');
  expect(existsSync(join(installed, 'LICENSE'))).toBe(true);
  expect(readFileSync(join(installed, 'dist/licences.txt'), 'utf8')).toContain('@aws-sdk/client-dynamodb');
});

test('the package ships the flows that the doctor plays, and no others', () => {
  const shipped = readdirSync(join(app, 'node_modules/serverless-scim/dist/admin/clients'), { recursive: true });
  const played = new Set(plans.map(({ from }) => `${from}.json`));
  expect(
    shipped
      .map(String)
      .filter((name) => name.endsWith('.json'))
      .toSorted(),
  ).toEqual([...played].toSorted());
});
