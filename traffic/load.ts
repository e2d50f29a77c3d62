import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { checkFlow } from './check-flow';
import type { Flow } from './flow';

/** The folder of the clients' flows; for a bundle, the folder next to it. */
const clientFlows = join(__dirname, 'clients');

/**
 * Every flow under a folder, one JSON file each in a subfolder, by name.
 * @throws Error for a file that does not fit flow.schema.json (an unknown key is refused), or whose name is not its path
 */
export function loadFlows(folder: string = clientFlows): readonly Flow[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => readdirSync(join(folder, name)).map((file) => join(folder, name, file)))
    .filter((file) => file.endsWith('.json'))
    .toSorted()
    .map((file) =>
      readFlow(
        file,
        relative(folder, file)
          .replaceAll('\\', '/')
          .replace(/\.json$/, ''),
      ),
    );
}

function readFlow(file: string, name: string): Flow {
  return checkFlow(JSON.parse(readFileSync(file, 'utf8')) as unknown, name);
}
