import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** Where the pictures go; git ignores them. */
const folder = join(__dirname, '../screenshots');

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const themes = ['light', 'dark'] as const;
const widths = [360, 1280] as const;

/**
 * Looks at a screen in light and dark at 360 and 1280 px: takes a picture of each, and returns what is wrong with it:
 * violations that axe finds, content wider than the window, and at 360 px what is too small for a finger.
 */
export async function everyView(page: Page, name: string): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const width of widths) {
    for (const colorScheme of themes) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await shot(page, `${name}-${colorScheme}-${width}`);
      const found = [...(await violations(page)), ...(await page.evaluate<string[]>(misfits(width)))];
      faults.push(...found.map((fault) => `${name}, ${colorScheme}, ${width} px: ${fault}`));
    }
  }
  return faults;
}

/** Writes a picture of the whole page, or of the window if a dialog is open, to `test/browser/screenshots/`. */
export async function shot(page: Page, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const fullPage = (await page.locator('dialog[open]').count()) === 0;
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage });
}

/** What axe finds: WCAG 2.2 A and AA, and its best practices. It is evaluated by the debugger, which no policy keeps out. */
async function violations(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe);
  return await page.evaluate<string[]>(`axe.run(document).then(({ violations }) => violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => id + ': ' + html.slice(0, 200) + ' ' + failureSummary)))`);
}

/** An expression: what is wider than the window, and what can be pressed and is lower than 44 px (WCAG 2.2, 2.5.5). */
const misfits = (width: number) => `(() => {
  const found = [];
  if (document.documentElement.scrollWidth > window.innerWidth) {
    const wide = [...document.querySelectorAll('main *')].filter((element) => element.getBoundingClientRect().right > window.innerWidth + 1);
    found.push('wider than the window: ' + wide.slice(0, 3).map((element) => element.outerHTML.slice(0, 120)).join(' | '));
  }
  if (${width} > 640) return found;
  for (const element of document.querySelectorAll('button, select, summary, nav a, a.button, input:not([type=radio], [type=checkbox])')) {
    const { height } = element.getBoundingClientRect();
    if (height > 0 && height < 43.5) found.push(height + ' px is too low for a finger: ' + element.outerHTML.slice(0, 120));
  }
  return found;
})()`;
