import { isArray, isObject, type Json, type JsonObject } from '../json';
import { invalidSyntax } from './error';

/** The messages that a client can send (RFC 7644 §8.2). */
type MessageName = 'PatchOp' | 'BulkRequest' | 'SearchRequest';

/**
 * The members of a message by their lower-case names: every message is read without regard to letter case, and may leave
 * out `schemas`.
 * @throws ScimError 400 `invalidSyntax` for what is no object, names a member twice, or is another message by `schemas`
 */
export function messageMembers(name: MessageName, body: Json | undefined): ReadonlyMap<string, Json> {
  const urn = `urn:ietf:params:scim:api:messages:2.0:${name}`;
  if (!isObject(body)) throw invalidSyntax(`The body must be a JSON object: a ${name}.`);
  const members = foldNames(body, 'The body');
  const schemas = members.get('schemas') ?? [];
  const named = isArray(schemas) ? schemas : [schemas];
  const fits = named.length === 0 || named.some((schema) => String(schema).toLowerCase() === urn.toLowerCase());
  if (!fits) throw invalidSyntax(`"schemas" of a ${name} must hold "${urn}", or be left out.`);
  return members;
}

/** The `Operations` of a message; none where it has no such member. @throws ScimError 400 `invalidSyntax` */
export function operationsOf(members: ReadonlyMap<string, Json>): readonly Json[] {
  const operations = members.get('operations') ?? [];
  if (!isArray(operations)) throw invalidSyntax('"Operations" must be an array of operations.');
  return operations;
}

/** The members of an object by their lower-case names. @throws ScimError 400 `invalidSyntax` when one is there twice */
export function foldNames(object: JsonObject, place: string): ReadonlyMap<string, Json> {
  const members = new Map<string, Json>();
  for (const [sent, value] of Object.entries(object)) {
    const name = sent.toLowerCase();
    if (members.has(name)) throw invalidSyntax(`${place} has "${name}" twice, in different case. Send it once.`);
    members.set(name, value);
  }
  return members;
}
