import type { Assertion, JsonType } from './flow';
import { isArray, isObject, type Json } from './json';

type Comparison = (actual: Json | undefined, wanted: never) => boolean;

/** By key of an assertion: whether it holds for the value. */
const checks: Readonly<Record<keyof Assertion, Comparison>> = {
  equals: (actual, wanted: Json) => canonical(actual) === canonical(wanted),
  matches: (actual, wanted: string) => typeof actual === 'string' && new RegExp(wanted, 'u').test(actual),
  present: (actual, wanted: boolean) => isAssigned(actual) === wanted,
  absent: (actual) => actual === undefined,
  type: (actual, wanted: JsonType) => typesOf(actual).includes(wanted),
  length: (actual, wanted: number) => (typeof actual === 'string' || isArray(actual)) && actual.length === wanted,
  atLeast: (actual, wanted: number) => typeof actual === 'number' && actual >= wanted,
  atMost: (actual, wanted: number) => typeof actual === 'number' && actual <= wanted,
  contains: (actual, wanted: Json) => containsValue(actual, wanted),
  sameSet: (actual, wanted: Json) => isArray(actual) && isArray(wanted) && sorted(actual) === sorted(wanted),
  includes: (actual, wanted: Json) => includesAll(actual, wanted),
  every: (actual, wanted: Assertion) => isArray(actual) && actual.every((element) => holds(element, wanted)),
  not: (actual, wanted: Assertion) => !holds(actual, wanted),
};

/** Expands the short form of an assertion (a value that must be equal). */
export function asAssertion(written: Json | Assertion): Assertion {
  return isObject(written as Json) ? (written as Assertion) : { equals: written as Json };
}

/** The keys of an assertion that fail for the value, each with the expected value: `{ "equals": "x" }`. */
export function unmet(actual: Json | undefined, assertion: Assertion): readonly string[] {
  return Object.entries(assertion)
    .filter(([key, wanted]) => !checks[key as keyof Assertion](actual, wanted as never))
    .map(([key, wanted]) => JSON.stringify({ [key]: wanted }));
}

function holds(actual: Json | undefined, assertion: Assertion): boolean {
  return unmet(actual, assertion).length === 0;
}

function isAssigned(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '') return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}

function typesOf(value: Json | undefined): readonly JsonType[] {
  if (value === undefined) return [];
  if (value === null) return ['null'];
  if (isArray(value)) return ['array'];
  if (typeof value === 'number') return Number.isInteger(value) ? ['integer', 'number'] : ['number'];
  return [typeof value as JsonType];
}

function containsValue(actual: Json | undefined, wanted: Json): boolean {
  if (typeof actual === 'string' && typeof wanted === 'string') return actual.includes(wanted);
  return isArray(actual) && actual.some((element) => includesAll(element, wanted));
}

/** Objects: every property of `wanted`, and maybe others. Arrays: the same number of elements, compared one by one. */
function includesAll(actual: Json | undefined, wanted: Json): boolean {
  if (isArray(wanted)) {
    return (
      isArray(actual) && actual.length === wanted.length && wanted.every((part, i) => includesAll(actual[i], part))
    );
  }
  if (!isObject(wanted)) return canonical(actual) === canonical(wanted);
  return isObject(actual) && Object.entries(wanted).every(([key, part]) => includesAll(actual[key], part));
}

function sorted(elements: readonly Json[]): string {
  return JSON.stringify(elements.map(canonical).toSorted());
}

/** JSON text that does not depend on the order of an object's properties. */
function canonical(value: Json | undefined): string {
  return JSON.stringify(value, (_key, part: Json) =>
    isObject(part) ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
}
