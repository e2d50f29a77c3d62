import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { javaHome, run } from './prerequisites';

const folder = resolve(__dirname, '../../.venv/localstack');
const marker = join(folder, 'installed.sha256');

/** What is installed. */
export interface Installed {
  readonly python: string;
  /** LocalStack's folder of programs that it would otherwise download: DynamoDB Local and Java. */
  readonly programs: string;
}

/**
 * Installs LocalStack's open core from PyPI with our extension, and DynamoDB Local from Maven, into `.venv/localstack` of
 * the checkout, unless they are there.
 * @throws Error that says which step failed
 */
export async function installLocalStack(): Promise<Installed> {
  const installed = { python: join(folder, 'venv', 'bin', 'python'), programs: join(folder, 'programs') };
  const sources = hashOfSources();
  if (existsSync(marker) && readFileSync(marker, 'utf8') === sources) return installed;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await installPython(installed.python);
  await installDynamoDb(installed.programs);
  writeFileSync(marker, sources);
  return installed;
}

async function installPython(python: string): Promise<void> {
  const pip = [python, '-m', 'pip', 'install', '--quiet', '--no-deps', '--disable-pip-version-check'] as const;
  const install = (...args: readonly string[]) => run(pip[0], [...pip.slice(1), ...args]);
  await run('python3.13', ['-m', 'venv', join(folder, 'venv')]);
  await install('--requirement', join(__dirname, 'requirements.txt'));
  // A copy: the build writes beside its sources.
  const extension = join(folder, 'extension');
  cpSync(join(__dirname, 'extension'), extension, { recursive: true });
  await install('--no-build-isolation', extension);
}

/** Puts DynamoDB Local where LocalStack looks for it. */
async function installDynamoDb(programs: string): Promise<void> {
  const source = join(__dirname, 'dynamodb-local');
  const target = join(programs, 'dynamodb-local', '2');
  const libraries = join(target, 'DynamoDBLocal_lib');
  const classes = join(folder, 'classes');
  const copy = ['--quiet', '--batch-mode', '--file', join(source, 'pom.xml'), 'dependency:copy-dependencies'];
  await run('mvn', [...copy, `-DoutputDirectory=${libraries}`]);
  for (const name of readdirSync(libraries)) {
    // The class that loads the native library knows it without its version.
    const unversioned = name.replace(/-[\d.]+(?=\.(?:so|dylib)$)/, '');
    if (unversioned !== name) cpSync(join(libraries, name), join(libraries, unversioned));
  }
  const java = readdirSync(source).filter((name) => name.endsWith('.java'));
  await run('javac', ['--release', '17', '-classpath', `${libraries}/*`, '-d', classes, ...java], source);
  const classPath = readdirSync(libraries).filter((name) => name.endsWith('.jar'));
  const manifest = join(folder, 'manifest.txt');
  writeFileSync(manifest, manifestOf('Loopback', classPath));
  await run('jar', [
    '--create',
    '--file',
    join(target, 'DynamoDBLocal.jar'),
    '--manifest',
    manifest,
    '-C',
    classes,
    '.',
  ]);
  writeFileSync(manifest, 'Premain-Class: Agent\n');
  const agent = join(target, 'ddb-local-loader-0.1.jar');
  await run('jar', ['--create', '--file', agent, '--manifest', manifest, '-C', classes, 'Agent.class']);
  mkdirSync(join(programs, 'java'));
  // LocalStack asks for this version; 17 is enough for DynamoDB Local.
  symlinkSync(await javaHome(), join(programs, 'java', '21'));
}

/** A line of a manifest has at most 72 bytes; the next one continues it after a space. */
function manifestOf(main: string, jars: readonly string[]): string {
  const classPath = `Class-Path: ${jars.map((jar) => `DynamoDBLocal_lib/${jar}`).join(' ')}`;
  return `Main-Class: ${main}\n${classPath.match(/.{1,70}/g)?.join('\n ')}\n`;
}

function hashOfSources(): string {
  const hash = createHash('sha256');
  const files = readdirSync(__dirname, { recursive: true, withFileTypes: true });
  for (const file of files.map(({ parentPath, name }) => join(parentPath, name)).toSorted()) {
    if (/\.(?:txt|py|cjs|toml|xml|java)$/.test(file)) hash.update(readFileSync(file));
  }
  return hash.digest('hex');
}
