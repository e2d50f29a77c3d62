import { type PageFiles, pageFiles } from './page';

/** Reads the files of the page: a checkout builds them, a package has them. */
export async function loadPage(): Promise<PageFiles> {
  // Loaded only if needed: it brings the bundler with it.
  const { bundleWeb } = require('../scripts/web') as typeof import('../scripts/web');
  return pageFiles((await bundleWeb()).files);
}
