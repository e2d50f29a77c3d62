import { isArray, isObject, type Json } from '../scim/json';
import type { BulkOperation } from './bulk-operation';

const prefix = 'bulkId:';

/** No attribute of a resource lies deeper; validation refuses deeper values anyway. */
const maxDepth = 12;

/** The bulkIds that an operation refers to, in its path and its data (RFC 7644 §3.7.2). */
export function referencesOf({ path, data }: BulkOperation): ReadonlySet<string> {
  const found = new Set<string>();
  for (const part of path) note(part, found);
  collect(data, found, maxDepth);
  return found;
}

/** The data or path part with every reference replaced by its id. */
export function resolveReferences<T extends Json>(value: T, ids: ReadonlyMap<string, string>): T {
  return replace(value, ids, maxDepth) as T;
}

/** The data without the members that are one of these references. */
export function withoutMembers(data: Json | undefined, references: ReadonlySet<string>): Json | undefined {
  if (!isObject(data)) return data;
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [
      name,
      name.toLowerCase() === 'members' && isArray(value)
        ? value.filter((member) => !references.has(memberReference(member) ?? ''))
        : value,
    ]),
  );
}

/** The references that stand as members in the data. */
export function memberReferences(data: Json | undefined): ReadonlySet<string> {
  const members = isObject(data)
    ? Object.entries(data).flatMap(([name, value]) => (name.toLowerCase() === 'members' && isArray(value) ? value : []))
    : [];
  return new Set(members.flatMap((member) => memberReference(member) ?? []));
}

function memberReference(member: Json): string | undefined {
  const value = isObject(member) ? member.value : member;
  return typeof value === 'string' && value.startsWith(prefix) ? value.slice(prefix.length) : undefined;
}

function note(text: string, found: Set<string>): void {
  if (text.startsWith(prefix)) found.add(text.slice(prefix.length));
}

function collect(value: Json | undefined, found: Set<string>, depth: number): void {
  if (typeof value === 'string') note(value, found);
  if (depth === 0) return;
  for (const element of elementsOf(value)) collect(element, found, depth - 1);
}

function elementsOf(value: Json | undefined): readonly Json[] {
  if (isArray(value)) return value;
  return isObject(value) ? Object.values(value) : [];
}

function replace(value: Json, ids: ReadonlyMap<string, string>, depth: number): Json {
  if (typeof value === 'string' && value.startsWith(prefix)) return ids.get(value.slice(prefix.length)) ?? value;
  if (depth === 0) return value;
  if (isArray(value)) return value.map((element) => replace(element, ids, depth - 1));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, replace(inner, ids, depth - 1)]));
}
