import { isArray, isObject, type Json, ownValue } from '../json';
import { tooLarge } from '../message/error';
import { maxMemberChanges } from '../message/limits';
import type { ResourceTypeName } from '../schema/profile';
import type { Resource } from './resource';

/** The largest value of an attribute: its number of values, or the bytes of each of them. */
interface AttributeLimit {
  readonly attribute: string;
  readonly sub?: string;
  readonly values?: number;
  readonly bytes?: number;
}

const maxResourceBytes = 300 * 1024;

const attributeLimits: Readonly<Record<ResourceTypeName, readonly AttributeLimit[]>> = {
  User: [
    { attribute: 'userName', bytes: 1024 },
    { attribute: 'externalId', bytes: 1024 },
    { attribute: 'emails', values: 50 },
    { attribute: 'emails', sub: 'value', bytes: 1024 },
  ],
  Group: [
    { attribute: 'displayName', bytes: 1024 },
    { attribute: 'externalId', bytes: 1024 },
  ],
};

/** Values nested deeper than any schema allows are counted as nothing: their type is wrong, and is reported as such. */
const maxDepth = 8;

/** Which limits the resource breaks, one sentence each. Members are not part of the size: they are stored elsewhere. */
export function brokenLimits(type: ResourceTypeName, resource: Resource): readonly string[] {
  const { members: _, ...document } = resource;
  const size = bytesOf(document, maxDepth);
  return [
    ...(size > maxResourceBytes ? [`The resource has ${size} bytes; at most ${maxResourceBytes} are allowed`] : []),
    ...attributeLimits[type].flatMap((limit) => brokenBy(resource, limit)),
  ];
}

/** Checks the number of members in a body. @throws ScimError 413 for more members than one request may change */
export function checkMemberCount({ members }: Resource): void {
  const count = isArray(members) ? members.length : 0;
  if (count > maxMemberChanges) {
    throw tooLarge(
      `members has ${count} values; at most ${maxMemberChanges} are allowed. Send them in several requests.`,
    );
  }
}

function brokenBy(resource: Resource, { attribute, sub, values, bytes }: AttributeLimit): readonly string[] {
  const value = ownValue(resource, attribute);
  const elements = isArray(value) ? value : [];
  if (values !== undefined) return tooLong(attribute, elements.length, values, 'values');
  if (bytes === undefined) return [];
  if (sub === undefined) return tooLong(attribute, textBytes(value), bytes, 'bytes');
  return elements.flatMap((element, index) =>
    tooLong(`${attribute}[${index}].${sub}`, isObject(element) ? textBytes(ownValue(element, sub)) : 0, bytes, 'bytes'),
  );
}

function tooLong(path: string, length: number, limit: number, unit: string): readonly string[] {
  return length > limit ? [`${path} has ${length} ${unit}; at most ${limit} are allowed`] : [];
}

function textBytes(value: Json | undefined): number {
  return typeof value === 'string' ? utf8Length(value) : 0;
}

/** About the length of the value as JSON text: what it takes to send, and to store. */
function bytesOf(value: Json, depth: number): number {
  if (typeof value === 'string') return utf8Length(value) + 2;
  if (typeof value !== 'object' || value === null) return String(value).length;
  if (depth === 0) return 0;
  if (isArray(value)) return value.reduce((total: number, element) => total + bytesOf(element, depth - 1) + 1, 2);
  return Object.entries(value).reduce(
    (total, [name, member]) => total + utf8Length(name) + bytesOf(member, depth - 1) + 4,
    2,
  );
}

function utf8Length(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit > 0x7f) bytes += isSurrogate(unit) || unit < 0x800 ? 1 : 2;
  }
  return bytes;
}

/** Each half of a surrogate pair stands for two of the pair's four bytes. */
function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}
