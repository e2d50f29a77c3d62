import { gzipSync } from 'node:zlib';
import { bundleWeb } from '../../scripts/web';

let files: ReadonlyMap<string, string>;

beforeAll(async () => {
  const bundle = await bundleWeb();
  files = new Map([...bundle.files].map(([path, text]) => [path, text.toString()]));
});

const ending = (end: string) => [...files].filter(([path]) => path.endsWith(end));
const gzipped = (end: string) => ending(end).reduce((sum, [, text]) => sum + gzipSync(text).length, 0) / 1024;

test('all scripts together are at most 90 KB gzipped, the stylesheet at most 20 KB', () => {
  expect(ending('.js').length).toBeGreaterThanOrEqual(2);
  expect(gzipped('.js')).toBeLessThanOrEqual(90);
  expect(ending('.css').length).toBe(1);
  expect(gzipped('.css')).toBeLessThanOrEqual(20);
});

test('a page has neither an inline script nor an inline style, and what it loads is among the files', () => {
  const pages = ending('.html');
  expect(pages.map(([path]) => path).sort()).toEqual(['console.html', 'portal.html']);
  for (const [path, html] of pages) {
    expect(html).not.toMatch(/<style|style=|<script(?![^>]*\bsrc=)|\bon\w+=/);
    const loaded = [...html.matchAll(/(?:src|href)="(?!data:)([^"]+)"/g)].map(([, address = '']) => address);
    const folder = path === 'portal.html' ? 'portal/' : '';
    expect(loaded.length).toBeGreaterThanOrEqual(2);
    for (const address of loaded) {
      expect(address.startsWith(folder)).toBe(true);
      expect(files.has(address.slice(folder.length))).toBe(true);
    }
  }
});

test('the names of scripts and styles depend on their content', () => {
  for (const [path] of [...ending('.js'), ...ending('.css')]) expect(path).toMatch(/^assets\/\w+-[A-Z0-9]{8}\.\w+$/);
});

// What a page loads while it runs is judged in a browser: `test/browser/harness/complaints.ts`.
test('the stylesheet loads nothing, and no script makes code of text', () => {
  for (const [, css] of ending('.css')) expect(css).not.toMatch(/url\(|@import|https?:/);
  for (const [, js] of ending('.js')) {
    for (const name of ['eval(', 'new Function(', 'document.write', 'localStorage'])
      expect(js.includes(name)).toBe(false);
  }
});
