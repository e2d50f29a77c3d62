import Ajv from 'ajv';
import type { Json } from './json';
import types from './types.json';

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true }).addSchema(types);

/**
 * What keeps a client from decoding an answer into one of its types: each place and what it would take there.
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
