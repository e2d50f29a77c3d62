import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';

const root = join(__dirname, '../..');

/** A TypeScript block of a document under `<!-- synthesize: name -->`, which exports a function of that name. */
export interface Example {
  readonly name: string;
  readonly source: string;
}

/** The examples of a document. */
export function readExamples(document: string): readonly Example[] {
  const text = readFileSync(join(root, document), 'utf8');
  const blocks = text.matchAll(/<!-- synthesize: (\w+) -->\n```ts\n([\s\S]*?)```/g);
  return [...blocks].map(([, name = '', source = '']) => ({ name, source }));
}

/** The JSON blocks of a document. */
export function readJson(document: string): readonly unknown[] {
  const text = readFileSync(join(root, document), 'utf8');
  return [...text.matchAll(/^```json\n([\s\S]*?)```/gm)].map(([, block = '']) => JSON.parse(block) as unknown);
}

/** Loads an example as an app that has the package would. */
export function loadExample<Exported>({ name, source }: Example): Exported {
  const { code } = transformSync(source, { loader: 'ts', format: 'cjs' });
  const load = (id: string) => require(id === 'serverless-scim' ? '../../lib/scim-endpoint' : id) as unknown;
  return run(code, load)[name] as Exported;
}

/** Runs a CommonJS module. */
export function run(code: string, load: (id: string) => unknown): Record<string, unknown> {
  const module = { exports: {} as Record<string, unknown> };
  new Function('module', 'exports', 'require', code)(module, module.exports, load);
  return module.exports;
}
