import { isArray, isObject, type Json } from './json';

/**
 * The value at a pointer, or undefined. A pointer is that of RFC 6901 with two more kinds of segments: `*` collects the
 * rest of the pointer from every element, `[type=work]` is the first element whose `type` is `work`.
 */
export function valueAt(document: Json | undefined, pointer: string): Json | undefined {
  return follow(document, segments(pointer));
}

/** A copy of the document with the value at the pointer replaced; missing objects on the way are created. */
export function withValue(document: Json | undefined, pointer: string, value: Json): Json {
  return change(document, segments(pointer), value);
}

/** A copy of the document without the value at the pointer. */
export function withoutValue(document: Json, pointer: string): Json {
  return change(document, segments(pointer), undefined);
}

function segments(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function follow(value: Json | undefined, path: readonly string[]): Json | undefined {
  const [segment, ...rest] = path;
  if (segment === undefined || value === undefined) return value;
  if (segment === '*') return gather(value, rest);
  return follow(child(value, segment), rest);
}

function gather(value: Json, rest: readonly string[]): Json | undefined {
  if (!isArray(value)) return undefined;
  return value.map((element) => follow(element, rest)).filter((found) => found !== undefined);
}

function child(value: Json, segment: string): Json | undefined {
  if (isArray(value)) return value[elementIndex(value, segment)];
  return isObject(value) && Object.hasOwn(value, segment) ? value[segment] : undefined;
}

function elementIndex(elements: readonly Json[], segment: string): number {
  const selector = /^\[([^=]+)=(.*)\]$/s.exec(segment);
  if (!selector) return Number(segment);
  const [, name = '', wanted] = selector;
  return elements.findIndex((element) => isObject(element) && String(element[name]) === wanted);
}

function change(value: Json | undefined, path: readonly string[], replacement: Json | undefined): Json {
  const [segment, ...rest] = path;
  if (segment === undefined) return replacement ?? null;
  const removes = rest.length === 0 && replacement === undefined;
  if (isArray(value)) {
    const index = elementIndex(value, segment);
    const before = value.slice(0, index);
    return [...before, ...(removes ? [] : [change(value[index], rest, replacement)]), ...value.slice(index + 1)];
  }
  const members = new Map(Object.entries(isObject(value) ? value : {}));
  if (removes) members.delete(segment);
  else members.set(segment, change(members.get(segment), rest, replacement));
  return Object.fromEntries(members);
}
