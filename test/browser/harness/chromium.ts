import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';

const programs = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * Starts Chromium. Root cannot use its sandbox; the pages are ours.
 * @throws Error with the command that installs it, if there is none
 */
export function openBrowser(): Promise<Browser> {
  const executablePath = [process.env.SCIM_TEST_CHROMIUM, ...programs].find((path) => path && existsSync(path));
  if (!executablePath) {
    throw new Error(
      'Chromium is missing. Install it (apt-get install chromium), or set SCIM_TEST_CHROMIUM to its path.',
    );
  }
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--force-color-profile=srgb'] });
}

/** How long a test waits for what a page shows, in milliseconds: the machine may be busy with other tests. */
const patience = 120_000;

/** Opens a browser without history, whose pages wait patiently. */
export async function openContext(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(patience);
  return context;
}
