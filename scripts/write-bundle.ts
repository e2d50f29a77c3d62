import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Bundle } from './report';

/** Writes the files of a bundle into a folder and those below it. */
export function writeBundle(folder: string, { files }: Pick<Bundle, 'files'>): void {
  for (const [file, contents] of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), contents);
  }
}
