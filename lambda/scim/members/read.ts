import { isObject, type Json, ownValue } from '../json';
import { invalidValue, type ScimError } from '../message/error';
import { intendedElements, intendedValue, isNone } from '../resource/deviations';
import { bodyParts, givenTwice } from '../resource/parts';
import type { Attribute } from '../schema/attribute';
import { stepsWithin } from '../schema/attribute-path';
import type { ResourceTypeName } from '../schema/profile';
import type { ResourceView } from '../schema/view';
import { checkMemberChanges } from './limit';
import type { Member } from './member';

/** Shortens a value in a message: it may be very long. */
const usableId = /^[\x21-\x7e]{1,256}$/;

/**
 * The members that a POST or PUT body lists, equal ones once; undefined when the body does not name `members`.
 * @throws ScimError as `readMembers`; 400 `invalidSyntax` when the body names them twice
 */
export function readBodyMembers(view: ResourceView, body: Json): readonly Member[] | undefined {
  const attribute = membersOf(view);
  const parts = attribute ? bodyParts(view, body).filter(({ steps }) => steps[0] === attribute) : [];
  const [first] = parts;
  if (!attribute || !first) return undefined;
  const subs = parts.map(({ steps, value }) => [steps[1]?.name, value] as const);
  const isWhole = first.steps.length === 1 && parts.length === 1;
  const isFlat = subs.every(
    ([name], index) => name !== undefined && subs.findIndex(([each]) => each === name) === index,
  );
  if (!isWhole && !isFlat) throw givenTwice(parts, attribute.name);
  return readMembers(view, isWhole ? first.value : Object.fromEntries(subs), attribute.name);
}

/**
 * The members that a value of `members` lists, equal ones once. None for `null`, `""` and `[]` (RFC 7643 §2.5); but a
 * member in the list that cannot be read is never left out: that could remove a present member.
 * @param path what messages call the value, such as `members`
 * @throws ScimError 400 `invalidValue` for a member without usable `value`, or of a type that the profile does not let
 *   groups have; 413 for too many
 */
export function readMembers(view: ResourceView, value: Json, path: string): readonly Member[] {
  const elements = elementsOf(value);
  checkMemberChanges(elements.length);
  const members = elements.map((element, index) => readMember(view, element, `${path}[${index}]`));
  return [...new Map(members.map((member) => [`${member.type ?? ''} ${member.value}`, member])).values()];
}

/** The ids of the members that a value lists, to remove them. @throws ScimError as `readMembers`, whatever their type */
export function readMemberIds(view: ResourceView, value: Json, path: string): readonly string[] {
  const elements = elementsOf(value);
  checkMemberChanges(elements.length);
  return elements.map((element, index) => readParts(view, element, `${path}[${index}]`).value);
}

/** Whether a text can be the id of a resource. */
export function isUsableId(id: string): boolean {
  return usableId.test(id);
}

/** The attribute that lists the members of a group; undefined for a resource type without members. */
export function membersOf({ attributes }: ResourceView): Attribute | undefined {
  return attributes.get('members');
}

/** Some clients send the list once more under its name: `{ "members": [...] }` as the value of `members`. */
function elementsOf(value: Json): readonly Json[] {
  const [[name, inner] = [], ...others] = isObject(value) ? Object.entries(value) : [];
  const list = name?.toLowerCase() === 'members' && inner !== undefined && others.length === 0 ? inner : value;
  return isNone(list) ? [] : intendedElements(list);
}

function readMember(view: ResourceView, element: Json, path: string): Member {
  const { value, type } = readParts(view, element, path);
  return isNone(type) ? { value } : { value, type: readType(view, type, path) };
}

/** A member's `value` and `type`, in the forms in which clients send them. */
function readParts(view: ResourceView, element: Json, path: string) {
  const attribute = membersOf(view);
  const meant = attribute ? intendedValue(attribute, element) : element;
  const part = (name: string): Json | undefined => {
    const found = isObject(meant) && Object.keys(meant).find((key) => key.toLowerCase() === name);
    const sub = attribute && stepsWithin(attribute.subAttributes, name)?.[0];
    const sent = found ? ownValue(meant, found) : undefined;
    return sub && sent !== undefined ? intendedValue(sub, sent) : sent;
  };
  const value = part('value');
  if (typeof value !== 'string' || !isUsableId(value)) throw unreadable(path);
  return { value, type: part('type') };
}

function readType(view: ResourceView, type: Json | undefined, path: string): ResourceTypeName {
  const { memberTypes } = view.rules;
  const found = memberTypes.find((each) => typeof type === 'string' && each.toLowerCase() === type.toLowerCase());
  if (found !== undefined) return found;
  const named = typeof type === 'string' ? `"${type.slice(0, 100)}"` : 'not a string';
  throw invalidValue(`${path}.type is ${named}. The members of a group can be of type ${memberTypes.join(' or ')}.`);
}

function unreadable(path: string): ScimError {
  return invalidValue(
    `${path} has no usable value. Send each member as { "value": "<id>" }. Nothing of the request was applied.`,
  );
}
