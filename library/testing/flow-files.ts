import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const clients = resolve(__dirname, '../../traffic/clients');

/** What is written in the flows of all clients, by their names, such as `okta/custom-app-users`. */
export function flowFiles(): ReadonlyMap<string, unknown> {
  const names = readdirSync(clients, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.replaceAll('\\', '/').replace(/\.json$/, ''));
  return new Map(
    names.toSorted().map((name) => [name, JSON.parse(readFileSync(join(clients, `${name}.json`), 'utf8'))]),
  );
}
