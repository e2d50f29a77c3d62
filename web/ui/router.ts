/** Where the page is: the path after `#/`, decoded and in parts, and the state that follows `?`. */
export interface Location {
  readonly path: readonly string[];
  readonly query: Readonly<Record<string, string>>;
}

/** Reads the fragment of an address, such as `#/tenants/abc/users?search=anna`. What cannot be decoded stays as it is. */
export function parseLocation(hash: string): Location {
  const [path = '', query = ''] = split(hash.replace(/^#?\/?/, ''), '?');
  return {
    path: path.split('/').filter(Boolean).map(decode),
    query: Object.fromEntries(new URLSearchParams(query)),
  };
}

/** The fragment for a place; parts of the query that are empty or undefined are left out. */
export function hrefTo(path: readonly string[], query: Readonly<Record<string, string | undefined>> = {}): string {
  const entries = Object.entries(query).flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : []));
  const search = new URLSearchParams(entries).toString();
  return `#/${path.map(encodeURIComponent).join('/')}${search && `?${search}`}`;
}

/** A row of a table of routes: `:name` in the pattern stands for any one part of the path. */
export interface Route<Screen> {
  readonly pattern: string;
  readonly screen: Screen;
}

/** The first route that a path fits, with what stands at the places of its names; undefined if none does. */
export function matchRoute<Screen>(
  routes: readonly Route<Screen>[],
  path: readonly string[],
): { screen: Screen; parameters: Readonly<Record<string, string>> } | undefined {
  for (const { pattern, screen } of routes) {
    const parameters = match(pattern.split('/').filter(Boolean), path);
    if (parameters) return { screen, parameters };
  }
  return undefined;
}

function match(pattern: readonly string[], path: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== path.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const value = path[index] ?? '';
    if (part.startsWith(':')) parameters[part.slice(1)] = value;
    else if (part !== value) return undefined;
  }
  return parameters;
}

function split(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
