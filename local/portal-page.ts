import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundlePage } from '../scripts/bundle-functions';

let built: Promise<void> | undefined;

/** Builds the page of the portal, once per process, and tells the function by `PORTAL_PAGE` where it is. */
export function buildPage(): Promise<void> {
  built ??= build();
  return built;
}

async function build(): Promise<void> {
  const page = await bundlePage();
  // In the package it is beside the function.
  if (page === undefined) return;
  const folder = mkdtempSync(join(tmpdir(), 'scim-page-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'page.json');
  writeFileSync(file, page);
  process.env.PORTAL_PAGE = file;
}
