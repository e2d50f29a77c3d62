/** A route that a path fits, and what its variable parts stand for. */
export interface RouteMatch<Route> {
  readonly route: Route;
  readonly parameters: Readonly<Record<string, string>> | null;
}

/**
 * Makes the function that finds the route of a path (without the stage, as it was sent). A static part is preferred to
 * `{name}`, and that to `{name+}`. One slash at the end does not count; an empty part fits nothing but a greedy one.
 */
export function routeMatcher<Route extends { readonly path: string }>(
  routes: readonly Route[],
): (path: string) => RouteMatch<Route> | undefined {
  const compiled = routes
    .map((route) => ({ route, rank: rank(route.path), pattern: toRegExp(route.path) }))
    .sort((a, b) => a.rank.localeCompare(b.rank));
  return (path) => {
    const significant = path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
    const found = compiled.find(({ pattern }) => pattern.test(significant));
    if (!found) return undefined;
    const groups = Object.entries(found.pattern.exec(significant)?.groups ?? {});
    const parameters = groups.map(([name, value]) => [name, decode(value)]);
    return { route: found.route, parameters: groups.length > 0 ? Object.fromEntries(parameters) : null };
  };
}

const variable = /^\{(\w+)(\+?)\}$/;

/** A digit for each part, the more specific the lower. */
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

/** A part of a path, decoded; what is no valid encoding stays as it is. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
