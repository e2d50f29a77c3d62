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

test('every function of lambda/ is bundled', () => {
  const files = readdirSync(join(root, 'lambda')).filter((file) => file.endsWith('.ts'));
  const exporting = files.filter((file) =>
    /^export (?:const|function|async function) handler\b/m.test(readFileSync(join(root, 'lambda', file), 'utf8')),
  );
  expect(exporting.map((file) => file.replace('.ts', '')).sort()).toEqual(functions.map(({ name }) => name).sort());
});

test.each(functions)('the bundle of $name stays within $bundleBudget KB', ({ name, bundleBudget }) => {
  expect(statSync(bundleOf(out, name)).size / 1024).toBeLessThanOrEqual(bundleBudget);
});

test('the manifest holds gateway responses and sizes', () => {
  const sizes = functions.map(({ name }) => [name, { bytes: statSync(bundleOf(out, name)).size }]);
  expect(JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'))).toEqual({
    responses,
    functions: Object.fromEntries(sizes),
  });
});

test('the same sources make the same bundles, byte for byte', () => {
  const again = mkdtempSync(join(tmpdir(), 'bundle-'));
  bundle(again);
  for (const { name } of functions) {
    expect(readFileSync(bundleOf(again, name)).equals(readFileSync(bundleOf(out, name)))).toBe(true);
  }
  rmSync(again, { recursive: true });
});

test('no bundle names a path of the machine it was made on, or holds what only the CDK or the tests need', () => {
  for (const { name } of functions) {
    const text = readFileSync(bundleOf(out, name), 'utf8');
    expect(text).not.toContain(root);
    expect(text).not.toContain('sourceMappingURL');
  }
  expect(report).not.toMatch(/ {2}(?:aws-cdk-lib|dynalite|tsx|local|traffic|@types\/\S+)$/m);
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
