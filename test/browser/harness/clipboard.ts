import type { Page } from 'playwright-core';

/** Copies what a button `Copy …` names, and returns it: when the page says that it is copied, not before. */
export async function copied(page: Page, what: string): Promise<string> {
  await page.getByRole('button', { name: `Copy ${what}` }).click();
  await page.getByText(`${what} copied.`, { exact: true }).waitFor();
  return page.evaluate<string>('navigator.clipboard.readText()');
}
