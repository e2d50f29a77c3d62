import Ajv from 'ajv';
import type { Flow, Step } from './flow';
import schema from './flow.schema.json';
import { type Given, writtenOut } from './setup';

/** A flow as in its file, where steps of the set-up may be names. */
export type Written = Omit<Flow, 'setup'> & { readonly setup?: readonly (Step | Given)[] };

const isFlow = new Ajv({ allErrors: true, strict: false }).compile<Written>(schema);

/**
 * The value as a flow, with the named steps of its set-up written out.
 * @throws Error naming the place, when it does not fit flow.schema.json, has another name or names an unknown step
 */
export function checkFlow(value: unknown, name: string): Flow {
  if (!isFlow(value)) {
    const errors = (isFlow.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath || 'the flow'} ${message ?? ''} ${JSON.stringify(params)}`,
    );
    throw new Error(`${name}.json is not a flow: ${errors.join('; ')}`);
  }
  if (value.name !== name) throw new Error(`${name}.json has the name "${value.name}"; it must be "${name}"`);
  const { setup, ...flow } = value;
  return setup ? { ...flow, setup: setup.map(writtenOut) } : flow;
}
