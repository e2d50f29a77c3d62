import type { Keeping } from './flow';
import type { Json } from './json';
import { valueAt } from './pointer';
import type { Variables } from './variables';

/** Stores what a step captures and collects; returns a failure for each missing value. */
export function keep(
  { capture = {}, collect = {} }: Keeping,
  body: Json | undefined,
  headers: ReadonlyMap<string, string>,
  variables: Variables,
): readonly string[] {
  const kept = [
    ...Object.entries(capture).map(([name, from]) => ({ name, from, into: variables.set })),
    ...Object.entries(collect).map(([name, from]) => ({ name, from, into: variables.collect })),
  ];
  return kept.flatMap(({ name, from, into }) => {
    const header = /^header:(.+)$/.exec(from)?.[1];
    const value = header === undefined ? valueAt(body, from) : headers.get(header.toLowerCase());
    if (value === undefined) return [`capture: nothing at ${from || 'the body'} for \${${name}}`];
    into(name, value);
    return [];
  });
}
