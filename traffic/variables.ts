import { randomInt, randomUUID } from 'node:crypto';
import type { Flow } from './flow';
import { isArray, type Json } from './json';
import type { Target } from './target';
import { fill, type Lookup, variablesIn } from './template';

/** The variables of a running flow, or of one round of a repeated step, which also sees the flow's. */
export interface Variables {
  readonly lookup: Lookup;
  readonly set: (name: string, value: Json) => void;
  /** Appends to an array that belongs to the whole flow. */
  readonly collect: (name: string, value: Json) => void;
  /** Variables of one round, which end with it. */
  readonly round: (values: Readonly<Record<string, Json>>) => Variables;
}

const uniqueLength = 10;
const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';

/**
 * The variables that a flow starts with: `${baseUrl}`, `${token}`, `${unique}` (constant in a run), `${uuid}` (different
 * each time), then the flow's own.
 */
export function startVariables(flow: Flow, target: Target): Variables {
  const unique = Array.from({ length: uniqueLength }, () => alphabet[randomInt(alphabet.length)]).join('');
  const builtIn: Lookup = (name) => (name === 'uuid' ? randomUUID() : undefined);
  const variables = scope(builtIn, new Map<string, Json>(), {
    baseUrl: target.baseUrl,
    token: target.token,
    unique,
  });
  for (const [name, template] of Object.entries(flow.variables ?? {})) {
    variables.set(name, fill(template, variables.lookup));
  }
  return variables;
}

/** A failure for each variable in the template that has no value. */
export function unknownVariables(template: unknown, variables: Variables): readonly string[] {
  const unknown = variablesIn(template).filter((name) => variables.lookup(name) === undefined);
  return [...new Set(unknown)].map((name) => `not done: \${${name}} has no value`);
}

function scope(outer: Lookup, collected: Map<string, Json>, values: Readonly<Record<string, Json>>): Variables {
  const own = new Map(Object.entries(values));
  const lookup: Lookup = (name) => own.get(name) ?? collected.get(name) ?? outer(name);
  return {
    lookup,
    set: (name, value) => own.set(name, value),
    collect: (name, value) => {
      const before = collected.get(name);
      collected.set(name, [...(isArray(before) ? before : []), ...(isArray(value) ? value : [value])]);
    },
    round: (inner) => scope(lookup, collected, inner),
  };
}
