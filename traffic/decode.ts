import Ajv from 'ajv';
import type { Json } from './json';
import types from './types.json';

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true }).addSchema(types);

/**
 * Decodes a response into a type of a client. Returns each place that does not match and what is expected there.
 * @param type a name of types.json, such as `ssosync.Group`
 * @throws Error for an unknown type
 */
export function decodingErrors(type: string, body: Json | undefined): readonly string[] {
  const decode = ajv.getSchema(`types#/$defs/${type}`);
  if (!decode) throw new Error(`traffic/types.json has no "${type}"; it has ${Object.keys(types.$defs).join(', ')}`);
  if (body === undefined) return ['there is no body'];
  decode(body);
  return (decode.errors ?? []).map(({ instancePath, message }) => `${instancePath || 'the body'} ${message}`);
}
