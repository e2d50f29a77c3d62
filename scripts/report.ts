import type { Metafile } from 'esbuild';

/** A function's bundle, and esbuild's metafile. */
export interface Bundle {
  readonly name: string;
  /** What is deployed, by the file's name: `index.js`, and generated modules beside it. */
  readonly files: ReadonlyMap<string, Uint8Array | string>;
  readonly metafile: Metafile;
}

/** Reports the size of each function's bundle and of each package in it, largest first, in KB. */
export function report(bundles: readonly Bundle[]): string {
  return bundles.map(reportFunction).join('\n');
}

function reportFunction({ name, metafile }: Bundle): string {
  const outputs = Object.values(metafile.outputs);
  const total = outputs.reduce((sum, { bytes }) => sum + bytes, 0);
  return [line(total, name), ...bySize(outputs).map(([key, part]) => line(part, `  ${key}`))].join('');
}

function bySize(outputs: readonly Metafile['outputs'][string][]): [string, number][] {
  const packages = new Map<string, number>();
  for (const [path, { bytesInOutput }] of outputs.flatMap(({ inputs }) => Object.entries(inputs))) {
    const key = packageOf(path);
    packages.set(key, (packages.get(key) ?? 0) + bytesInOutput);
  }
  return [...packages].filter(([, bytes]) => bytes > 0).sort(([, a], [, b]) => b - a);
}

/** The package of a bundled file; for our own files their folder. */
function packageOf(path: string): string {
  const installed = path.lastIndexOf('node_modules/');
  const parts = path.slice(installed < 0 ? 0 : installed + 'node_modules/'.length).split('/');
  if (installed < 0) return parts.slice(0, Math.min(parts.length - 1, 3)).join('/');
  return parts.slice(0, parts[0]?.startsWith('@') ? 2 : 1).join('/');
}

function line(bytes: number, label: string): string {
  return `${(bytes / 1024).toFixed(1).padStart(8)} KB  ${label}\n`;
}
