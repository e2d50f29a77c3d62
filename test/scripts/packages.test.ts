import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import programs from '../../bin/package.json';
import local from '../../local/package.json';
import root from '../../package.json';
import { serveHttp } from '../http-server';

const checkout = resolve(__dirname, '../..');
const lock = JSON.parse(readFileSync(join(checkout, 'package-lock.json'), 'utf8')) as {
  readonly version: string;
  readonly packages: Readonly<Record<string, LockedPackage>>;
};

interface Run {
  readonly code: number;
  readonly out: string;
}

function run(script: string, env: NodeJS.ProcessEnv = {}): Promise<Run> {
  const options = { cwd: checkout, env: { ...process.env, ...env }, maxBuffer: 2 ** 25 };
  return new Promise((resolved) => {
    const child = execFile('npm', ['run', '--silent', script], options, (_, out) =>
      resolved({ code: child.exitCode ?? -1, out }),
    );
  });
}

interface LockedPackage {
  readonly name?: string;
  readonly version: string;
  readonly dev?: true;
  readonly link?: true;
}

/** The programs of a checkout, and what they are built and run with. */
const notShipped = /^(?:serverless-scim-(?:programs|api-docs)|@esbuild\/.*|esbuild|tsx|fsevents)@/;

test('the bill of materials names every package that is deployed or shipped, and no other, with its hash', async () => {
  const bill = JSON.parse((await run('sbom')).out) as {
    bomFormat: string;
    components: { name: string; version: string; hashes?: object[] }[];
    dependencies: { ref: string; dependsOn: string[] }[];
  };
  expect(bill.bomFormat).toBe('CycloneDX');
  const locked = Object.entries(lock.packages).filter(([path, { dev, link }]) => path !== '' && !dev && !link);
  const expected = locked
    .map(([path, each]) => `${each.name ?? path.split('node_modules/').pop()}@${each.version}`)
    .filter((each) => !notShipped.test(each));
  const named = bill.components.map(({ name, version }) => `${name}@${version}`);
  expect(named.sort()).toEqual([...new Set(expected)].sort());
  const ours = `serverless-scim-local@${local.version}`;
  const withoutHash = bill.components.filter(({ hashes = [] }) => hashes.length === 0);
  expect(withoutHash.map(({ name, version }) => `${name}@${version}`)).toEqual([ours]);
  const known = new Set([...named, `serverless-scim@${lock.version}`]);
  const edges = bill.dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn]);
  expect(edges.filter((ref) => !known.has(ref))).toEqual([]);
});

test('the workspaces have the version of the package, and the same versions of what they share with it', () => {
  const shared = Object.entries(root.devDependencies);
  for (const { version, dependencies, devDependencies } of [programs, local]) {
    expect(version).toBe(root.version);
    const own = { ...dependencies, ...devDependencies };
    const same = shared.filter(([name]) => Object.hasOwn(own, name));
    expect(own).toEqual(expect.objectContaining(Object.fromEntries(same)));
  }
});

test('a checkout without development packages has every package that scim-admin and npm start import', () => {
  const folders = ['cli', 'deployment', 'lambda', 'local', 'operator', 'traffic'];
  const sources = folders
    .flatMap((folder) =>
      readdirSync(join(checkout, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
    )
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'));
  const imported = sources.flatMap((file) => {
    const text = readFileSync(join(checkout, file), 'utf8');
    const names = [...text.matchAll(/^(?:import|export) (?!type )[^;]*?from '((?:@[\w-]+\/)?[a-z][\w-]*)[^']*';/gm)];
    return names.map(([, name = '']) => name).filter((name) => name !== 'node');
  });
  const installed = { ...programs.dependencies, ...local.dependencies };
  expect(new Set(imported)).toContain('commander');
  expect([...new Set(imported)].filter((name) => !Object.hasOwn(installed, name))).toEqual([]);
});

test('the package depends on AWS clients only, from the versions on with which it is tested', () => {
  const expected = Object.keys(root.dependencies).map((name) => {
    expect(name).toMatch(/^@aws-sdk\//);
    return [name, `^${(programs.dependencies as Readonly<Record<string, string>>)[name]}`];
  });
  expect(root.dependencies).toEqual(Object.fromEntries(expected));
});

test('the package takes the local endpoint of its own release', () => {
  expect(root.peerDependencies['serverless-scim-local']).toBe(root.version);
});

/** Runs the audit against a registry with these advisories, or with none to give. */
async function audit(advisories: object | undefined): Promise<Run> {
  const registry = await serveHttp(async (request, response) => {
    const asked = request.method === 'POST' && advisories !== undefined;
    response.writeHead(asked ? 200 : 405, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(asked ? advisories : {}));
  });
  const result = await run('audit', { npm_config_registry: registry.url, npm_config_fetch_retries: '0' });
  await registry.close();
  return result;
}

test('the audit passes when the registry knows no vulnerability', async () => {
  expect(await audit({})).toEqual({ code: 0, out: expect.stringMatching(/^0 packages with known vulnerabilities/) });
});

test('the audit fails for a known vulnerability, and names it', async () => {
  const advisory = {
    id: 1,
    url: 'https://example.com/1',
    title: 'Injection',
    severity: 'high',
    vulnerable_versions: '*',
  };
  const { code, out } = await audit({ ajv: [advisory] });
  expect({ code, out }).toEqual({
    code: 1,
    out: expect.stringContaining('high: ajv: Injection https://example.com/1'),
  });
});

test('the audit says that nothing is known when the registry does not answer', async () => {
  expect(await audit(undefined)).toEqual({ code: 2, out: expect.stringMatching(/^NOT CHECKED.*405/) });
});
