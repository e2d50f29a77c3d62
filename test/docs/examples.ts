import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';

const root = join(__dirname, '../..');

/** A TypeScript block of a document under a mark such as `<!-- synthesize: name -->`, which exports a function of that name. */
export interface Example {
  readonly name: string;
  readonly source: string;
}

/** The examples of a document under a mark. */
export function readExamples(document: string, mark = 'synthesize'): readonly Example[] {
  const text = readFileSync(join(root, document), 'utf8');
  const blocks = text.matchAll(new RegExp(`<!-- ${mark}: (\\w+) -->\\n\`\`\`ts\\n([\\s\\S]*?)\`\`\``, 'g'));
  return [...blocks].map(([, name = '', source = '']) => ({ name, source }));
}

/** The sources of the package's entries. */
const entries = {
  'serverless-scim': 'lib/scim-endpoint.ts',
  'serverless-scim/directory': 'library/directory.ts',
  'serverless-scim/events': 'library/events.ts',
  'serverless-scim/tenants': 'library/tenants.ts',
  'serverless-scim/testing': 'library/testing.ts',
};

/**
 * Compiles examples as an app that has the package would. Returns what the compiler prints: nothing if they are right.
 * @param exactOptionalPropertyTypes the CDK's own classes do not fit its interfaces by this rule; apps of the CDK do not have it
 */
export function compileExamples(examples: readonly Example[], { exactOptionalPropertyTypes = false } = {}): string {
  // Below node_modules, so that the packages are found.
  mkdirSync(join(root, 'node_modules/.cache'), { recursive: true });
  const folder = mkdtempSync(join(root, 'node_modules/.cache/examples-'));
  try {
    for (const { name, source } of examples) writeFileSync(join(folder, `${name}.ts`), source);
    const options = {
      exactOptionalPropertyTypes,
      paths: Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, [`../../../${path}`]])),
    };
    const tsconfig = { extends: '../../../tsconfig.json', compilerOptions: options, include: ['*.ts'], exclude: [] };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig));
    const compiler = join(root, 'node_modules/typescript/bin/tsc');
    return spawnSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8' }).stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The JSON blocks of a document. */
export function readJson(document: string): readonly unknown[] {
  const text = readFileSync(join(root, document), 'utf8');
  return [...text.matchAll(/^```json\n([\s\S]*?)```/gm)].map(([, block = '']) => JSON.parse(block) as unknown);
}

/**
 * Loads an example as an app that has the package would.
 * @param instead modules to load instead of those of their names
 */
export function loadExample<Exported>(example: Example, instead: Readonly<Record<string, unknown>> = {}): Exported {
  return loadModule(example, instead)[example.name] as Exported;
}

/** Loads an example. Returns all that it exports. */
export function loadModule({ source }: Example, instead: Readonly<Record<string, unknown>> = {}) {
  const { code } = transformSync(source, { loader: 'ts', format: 'cjs' });
  const load = (id: string) =>
    instead[id] ?? (require(id === 'serverless-scim' ? '../../lib/scim-endpoint' : id) as unknown);
  return run(code, load);
}

/** Runs a CommonJS module. */
export function run(code: string, load: (id: string) => unknown): Record<string, unknown> {
  const module = { exports: {} as Record<string, unknown> };
  new Function('module', 'exports', 'require', code)(module, module.exports, load);
  return module.exports;
}
