import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bundle } from './report';

/** The page's bundle. The packages have this module in place of `web.ts`: they have the bundle, and no sources. */
export async function bundleWeb(): Promise<Pick<Bundle, 'files'>> {
  const folder = join(__dirname, '../web');
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [join(entry.parentPath, entry.name)] : [],
  );
  const files = paths.map((path): [string, string] => [
    path.slice(folder.length + 1).replaceAll('\\', '/'),
    readFileSync(path, 'utf8'),
  ]);
  return { files: new Map(files) };
}
