import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import type { PageFiles } from '../../console/page';
import { nodeBundle } from '../../scripts/node-bundle';
import { packagedModules } from '../../scripts/packaged-modules';
import { bundleWeb } from '../../scripts/web';
import { writeBundle } from '../../scripts/write-bundle';

const root = resolve(__dirname, '../..');
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'packaged-web-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

test('a package serves the page from the files that it has, without the bundler', async () => {
  const web = await bundleWeb();
  writeBundle(join(folder, 'web'), web);
  const outfile = join(folder, 'admin/load-page.js');
  await build({
    entryPoints: [join(root, 'console/load-page.ts')],
    outfile,
    absWorkingDir: root,
    ...nodeBundle,
    plugins: [packagedModules()],
  });
  expect(readFileSync(outfile, 'utf8')).not.toContain('esbuild');
  const { loadPage } = require(outfile) as { loadPage: () => Promise<PageFiles> };
  const files = await loadPage();
  const expected = [...web.files.keys()].filter((path) => path !== 'portal.html').map((path) => `/${path}`);
  expect([...files.keys()].sort()).toEqual(expected.sort());
  for (const [path, { body }] of files) expect(body).toBe(web.files.get(path.slice(1)));
});
