import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bundle } from './report';

/** Writes the files of a bundle into a folder, which must not exist yet. */
export function writeBundle(folder: string, { files }: Pick<Bundle, 'files'>): void {
  mkdirSync(folder, { recursive: true });
  for (const [file, contents] of files) writeFileSync(join(folder, file), contents);
}
