/** A route that matches a path, and the values of its variable parts. */
export interface RouteMatch<Route> {
  readonly route: Route;
  readonly parameters: Readonly<Record<string, string>> | null;
}

/**
 * Creates the function that finds the route of a path (without the stage, as sent). A static part is preferred to
 * `{name}`, and that to `{name+}`. One slash at the end is ignored; an empty part only matches a greedy one. A resource
 * that has other methods only is not passed over for a less specific one.
 */
export function routeMatcher<Route extends { readonly path: string; readonly method: string }>(
  routes: readonly Route[],
): (method: string, path: string) => RouteMatch<Route> | undefined {
  const compiled = routes
    .map((route) => ({ route, rank: rank(route.path), pattern: toRegExp(route.path) }))
    .sort((a, b) => a.rank.localeCompare(b.rank));
  return (method, path) => {
    const significant = path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
    const resource = compiled.find(({ pattern }) => pattern.test(significant))?.route.path;
    const found = compiled.find(({ route }) => route.path === resource && ['ANY', method].includes(route.method));
    if (!found) return undefined;
    const groups = Object.entries(found.pattern.exec(significant)?.groups ?? {});
    const parameters = groups.map(([name, value]) => [name, decode(value)]);
    return { route: found.route, parameters: groups.length > 0 ? Object.fromEntries(parameters) : null };
  };
}

const variable = /^\{(\w+)(\+?)\}$/;

/** One digit per part; lower is more specific. */
function rank(path: string): string {
  const ranks = path.split('/').map((part) => {
    const [, name, greedy] = variable.exec(part) ?? [];
    if (name === undefined) return '0';
    return greedy ? '2' : '1';
  });
  return ranks.join('');
}

function toRegExp(path: string): RegExp {
  const parts = path.split('/').map((part) => {
    const [, name, greedy] = variable.exec(part) ?? [];
    if (name === undefined) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return `(?<${name}>${greedy ? '.+' : '[^/]+'})`;
  });
  return new RegExp(`^${parts.join('/')}$`, 's');
}

/** Decodes a part of a path; an invalid encoding is left unchanged. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
