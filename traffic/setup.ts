import type { RequestStep, Step } from './flow';
import setup from './setup.json';

/** A step of setup.json, by its name; `${as}` in it becomes `as`, which is also the variable that holds the id. */
export interface Given {
  readonly given: string;
  readonly as?: string;
}

const named = new Map(Object.entries(setup as Readonly<Record<string, unknown>>));

/**
 * The step that a file's set-up means: itself, or the one of setup.json that it names.
 * @throws Error when setup.json has no step of that name
 */
export function writtenOut(step: Step | Given): Step {
  if (!('given' in step)) return step;
  const found = named.get(step.given);
  if (!found) throw new Error(`traffic/setup.json has no "${step.given}"; it has ${[...named.keys()].join(', ')}`);
  return JSON.parse(JSON.stringify(found).replaceAll('${as}', step.as ?? '')) as RequestStep;
}
