import { isId } from '../../lambda/directory/id';
import { isArray, isObject, type Json, type JsonObject, kindOf } from '../../lambda/scim/json';
import { refusedCharacter } from '../../lambda/scim/text/characters';
import { utf8Length } from '../../lambda/scim/text/length';
import { OperatorError } from '../error';
import type { GroupSelector, RoleMapping, RoleRule, SelectorName } from './mapping';

/** What a mapping may have at most; sizes in bytes of UTF-8. */
export const mappingLimits = { bytes: 100 * 1024, rules: 500, roles: 50, roleBytes: 128, selectorBytes: 1024 } as const;

const selectorNames: readonly SelectorName[] = ['displayName', 'pattern', 'externalId', 'id'];

/**
 * Reads a mapping from JSON. `match` is `all` and `default` has no roles where the JSON does not say.
 * @throws OperatorError that names the place in the JSON, as in `rules[2].roles`, and says what to do
 */
export function readMapping(json: Json): RoleMapping {
  const mapping = objectAt('', json, ['match', 'rules', 'default']);
  const { match = 'all', rules, default: defaultRoles = [] } = mapping;
  if (match !== 'all' && match !== 'first') {
    throw mistake('match', `is ${JSON.stringify(match).slice(0, 100)}: write "all" or "first".`);
  }
  if (!isArray(rules)) throw wrong('rules', rules, 'an array of rules');
  if (rules.length > mappingLimits.rules) {
    throw mistake('rules', `has ${rules.length} rules; at most ${mappingLimits.rules} are allowed: use patterns.`);
  }
  const read: RoleMapping = { match, rules: rules.map(readRule), default: readRoles('default', defaultRoles) };
  const bytes = utf8Length(JSON.stringify(read));
  if (bytes <= mappingLimits.bytes) return read;
  throw mistake('', `has ${bytes} bytes; at most ${mappingLimits.bytes} are allowed: use patterns.`);
}

function readRule(json: Json, index: number): RoleRule {
  const path = `rules[${index}]`;
  const rule = objectAt(path, json, [...selectorNames, 'roles']);
  const [name, ...others] = selectorNames.filter((selector) => Object.hasOwn(rule, selector));
  if (name === undefined || others.length > 0) {
    const has = name === undefined ? 'none of them' : [name, ...others].join(' and ');
    throw mistake(path, `must have exactly one of ${selectorNames.join(', ')}, but has ${has}.`);
  }
  const value = readText(`${path}.${name}`, rule[name], mappingLimits.selectorBytes);
  if (name === 'id' && !isId(value)) {
    throw mistake(`${path}.id`, `is ${JSON.stringify(value)}, which is no id of a group: copy it from the group.`);
  }
  return { ...({ [name]: value } as GroupSelector), roles: readRoles(`${path}.roles`, rule.roles) };
}

function readRoles(path: string, json: Json | undefined): readonly string[] {
  if (!isArray(json)) throw wrong(path, json, 'an array of role names, such as ["admin"]');
  if (json.length > mappingLimits.roles) {
    throw mistake(path, `has ${json.length} roles; at most ${mappingLimits.roles} are allowed.`);
  }
  return json.map((role, index) => readRole(`${path}[${index}]`, role));
}

function readRole(path: string, json: Json): string {
  const role = readText(path, json, mappingLimits.roleBytes);
  if (role !== role.trim()) throw mistake(path, 'begins or ends with a space: remove it.');
  return role;
}

function readText(path: string, json: Json | undefined, maxBytes: number): string {
  if (typeof json !== 'string') throw wrong(path, json, 'a text');
  if (json.trim() === '') throw mistake(path, 'is empty: write a name.');
  const half = json.search(/\p{Cs}/u);
  if (half >= 0) throw mistake(path, `holds half of a character, at position ${half + 1}: remove it.`);
  const refused = refusedCharacter(json, 'printable');
  if (refused !== undefined) throw mistake(path, `${refused}.`);
  const bytes = utf8Length(json);
  if (bytes > maxBytes) throw mistake(path, `has ${bytes} bytes; at most ${maxBytes} are allowed.`);
  return json;
}

function objectAt(path: string, json: Json, members: readonly string[]): JsonObject {
  if (!isObject(json)) throw wrong(path, json, `an object with ${members.join(', ')}`);
  const unknown = Object.keys(json).find((name) => !members.includes(name));
  if (unknown === undefined) return json;
  throw mistake(path, `has the unknown member ${JSON.stringify(unknown)}: it may have ${members.join(', ')}.`);
}

function wrong(path: string, json: Json | undefined, expected: string): OperatorError {
  return mistake(
    path,
    json === undefined ? `is missing: write ${expected}.` : `is ${kindOf(json)}: write ${expected}.`,
  );
}

function mistake(path: string, message: string): OperatorError {
  return new OperatorError(`${path === '' ? 'The mapping' : path} ${message}`);
}
