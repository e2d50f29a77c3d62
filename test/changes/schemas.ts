import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';

const folder = join(__dirname, '../../docs/events');

/** The published schemas by file name. */
export function readSchemas(): ReadonlyMap<string, object> {
  return new Map(
    readdirSync(folder)
      .filter((name) => name.endsWith('.schema.json'))
      .map((name) => [name, JSON.parse(readFileSync(join(folder, name), 'utf8')) as object]),
  );
}

/**
 * Refuses properties that a schema does not name. Listeners must not do that, but everything that we send must be
 * described.
 */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).map(([name, value]) => [name, closed(value)] as const);
  // The event around the detail is EventBridge's.
  const isOurs = 'properties' in schema && !('detail-type' in (schema.properties as object));
  return { ...Object.fromEntries(entries), ...(isOurs && { additionalProperties: false }) };
}

/** Checks events against the schema of their detail-type. Returns the first fault, or nothing. */
export function eventChecker(): (event: { readonly 'detail-type': string }) => string {
  const ajv = new Ajv({ strict: true, strictRequired: false });
  for (const [name, schema] of readSchemas()) ajv.addSchema(closed(schema) as object, name);
  return (event) => {
    const name = `${event['detail-type'].toLowerCase().replace(' ', '-')}.1.schema.json`;
    const validate = ajv.getSchema(name) as ValidateFunction | undefined;
    if (!validate) return `There is no ${name}.`;
    return validate(event) ? '' : `${name}: ${ajv.errorsText(validate.errors)}`;
  };
}
