import { basename, join, resolve } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { logo } from '../web/ui/logo';
import type { Bundle } from './report';

const root = resolve(__dirname, '..');

/**
 * The two ways into the page: where the folder of their files lies as seen from the address of each, and the title of the
 * window until the first screen is there.
 */
const pages = {
  console: { folder: '', title: 'serverless-scim' },
  portal: { folder: 'portal/', title: 'User provisioning' },
} as const;

type PageName = keyof typeof pages;

/**
 * Builds the page in memory: `console.html`, `portal.html`, and in `assets/` what they load, named by its content.
 * `console.html` is served at `/`, `portal.html` at `/portal` with its files below it; the calls of `api/` are found
 * beside `assets/`. Neither has an inline script or style.
 */
export async function bundleWeb(): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['web/console/main.tsx', 'web/portal/main.tsx', 'web/style.css'].map((path) => ({
      in: path,
      out: path.endsWith('.css') ? 'style' : basename(join(path, '..')),
    })),
    outdir: 'assets',
    entryNames: '[name]-[hash]',
    chunkNames: 'shared-[hash]',
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    target: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    logLevel: 'warning',
  });
  const assets = outputFiles.map(({ path, text }): [string, string] => [`assets/${basename(path)}`, text]);
  const html = (['console', 'portal'] as const).map((name): [string, string] => [
    `${name}.html`,
    htmlOf(name, metafile.outputs),
  ]);
  return { name: 'web', files: new Map([...assets, ...html]), metafile };
}

function htmlOf(page: PageName, outputs: Metafile['outputs']): string {
  const find = (entry: string) => Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === entry);
  const [script = '', { imports = [] } = {}] = find(`web/${page}/main.tsx`) ?? [];
  const [style = ''] = find('web/style.css') ?? [];
  const { folder, title } = pages[page];
  const preloads = imports.filter(({ kind }) => kind === 'import-statement');
  const lines = [
    '<!doctype html>',
    '<html lang="en">',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="robots" content="noindex">',
    `<link rel="icon" href="${icon}">`,
    `<link rel="stylesheet" href="${folder}${style}">`,
    ...preloads.map(({ path }) => `<link rel="modulepreload" href="${folder}${path}">`),
    `<title>${title}</title>`,
    '<div id="app"><noscript>This page needs JavaScript.</noscript></div>',
    `<script type="module" src="${folder}${script}"></script>`,
    '</html>',
  ];
  return `${lines.join('\n')}\n`;
}

const icon = `data:image/svg+xml,${encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#2a5bd0"/><path d="${logo}" stroke="#fff" stroke-width="2.5" fill="none" stroke-linecap="round"/></svg>`,
)}`;
