import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { functions } from '../../deployment/functions';
import { responses } from '../../deployment/gateway-responses';

const root = resolve(__dirname, '../..');
let out: string;
let report: string;

beforeAll(() => {
  out = mkdtempSync(join(tmpdir(), 'bundle-'));
  report = bundle(out);
});

afterAll(() => rmSync(out, { recursive: true }));

function bundle(folder: string): string {
  const args = ['--import', 'tsx', 'scripts/bundle.ts', '--out', folder, '--report'];
  const run = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: '' });
  return run.stdout;
}

const bundleOf = (folder: string, name: string): string => join(folder, 'functions', name, 'index.js');
const filesOf = (name: string): string[] => readdirSync(join(out, 'functions', name)).sort();

test('every function of lambda/ is bundled', () => {
  const files = readdirSync(join(root, 'lambda')).filter((file) => file.endsWith('.ts'));
  const exporting = files.filter((file) =>
    /^export (?:const|function|async function) handler\b/m.test(readFileSync(join(root, 'lambda', file), 'utf8')),
  );
  expect(exporting.map((file) => file.replace('.ts', '')).sort()).toEqual(functions.map(({ name }) => name).sort());
});

test.each(functions)('the files of $name stay within $bundleBudget KB', ({ name, bundleBudget }) => {
  const sizes = filesOf(name).map((file) => statSync(join(out, 'functions', name, file)).size);
  expect(sizes.reduce((a, b) => a + b) / 1024).toBeLessThanOrEqual(bundleBudget);
});

test('the functions that validate resources have the generated modules beside their bundles, the others do not', () => {
  const beside = functions.map(({ name }) => [name, filesOf(name).filter((file) => file !== 'index.js')]);
  expect(Object.fromEntries(beside)).toEqual({
    authorizer: [],
    oauth: ['jose.js'],
    users: ['extensions.js', 'validators.js'],
    groups: ['extensions.js', 'validators.js'],
    bulk: ['extensions.js', 'validators.js'],
    search: ['extensions.js'],
    discovery: ['extensions.js'],
    portal: ['deferred.js', 'extensions.js', 'page.json'],
    changes: [],
    expiry: [],
  });
});

test('only the token endpoint has a library for JWTs, in a file that assertions alone load', () => {
  const withJose = functions.flatMap(({ name }) =>
    filesOf(name)
      .filter((file) =>
        /\bJWSSignatureVerificationFailed\b/.test(readFileSync(join(out, 'functions', name, file), 'utf8')),
      )
      .map((file) => `${name}/${file}`),
  );
  expect(withJose).toEqual(['oauth/jose.js']);
});

test('that file has what the token endpoint calls', () => {
  const jose = require(join(out, 'functions', 'oauth', 'jose.js'));
  const called = ['decodeJwt', 'decodeProtectedHeader', 'importJWK', 'jwtVerify'];
  expect(called.map((name) => typeof jose[name])).toEqual(called.map(() => 'function'));
  expect(jose.errors.JWTExpired.prototype).toBeInstanceOf(Error);
});

test('the manifest holds the gateway responses and the files of each function', () => {
  const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'));
  expect(manifest.responses).toEqual(responses);
  expect(Object.keys(manifest.functions)).toEqual(functions.map(({ name }) => name));
  for (const { name } of functions) expect(manifest.functions[name].files.toSorted()).toEqual(filesOf(name));
});

test('the same sources make the same bundles, byte for byte', () => {
  const again = mkdtempSync(join(tmpdir(), 'bundle-'));
  bundle(again);
  for (const { name } of functions) {
    for (const file of filesOf(name)) {
      const [first, second] = [out, again].map((made) => readFileSync(join(made, 'functions', name, file)));
      expect(second?.equals(first ?? Buffer.of())).toBe(true);
    }
  }
  rmSync(again, { recursive: true });
});

test('no bundle names a path of the machine it was made on, or holds what only the CDK or the tests need', () => {
  for (const { name } of functions) {
    const text = readFileSync(bundleOf(out, name), 'utf8');
    expect(text).not.toContain(root);
    expect(text).not.toContain('sourceMappingURL');
  }
  expect(report).not.toMatch(/ {2}(?:aws-cdk-lib|dynalite|tsx|local|cli|preact|@types\/\S+)$/m);
  // The portal's self test plays some of it.
  const withTraffic = report.split('\n\n').filter((block) => / {2}traffic(?:\/\S+)?$/m.test(block));
  expect(withTraffic.map((block) => block.split('\n')[0]?.trim().split('  ')[1])).toEqual(['portal']);
});

test('the report says what is in each bundle, by package, and adds up', () => {
  const blocks = report.trimEnd().split('\n\n');
  expect(blocks.length).toBe(functions.length);
  for (const block of blocks) {
    const [total = 0, ...parts] = block.split('\n').map((line) => Number.parseFloat(line));
    const sum = parts.reduce((a, b) => a + b, 0);
    expect(sum).toBeGreaterThan(total * 0.95);
    expect(sum).toBeLessThanOrEqual(total + 1);
  }
});
