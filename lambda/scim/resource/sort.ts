import type { ComparisonKey } from '../filter/ast';
import { comparisonForm, comparisonKey } from '../filter/comparison';
import { isArray, isObject, type Json, type JsonObject, ownValue } from '../json';
import { invalidValue } from '../message/error';
import type { Attribute } from '../schema/attribute';
import { attributeSteps } from '../schema/attribute-path';
import type { ResourceView } from '../schema/view';
import { Work } from '../work';

/** How often each of 10,000 resources is compared with others in a sort. */
const timesCompared = 14;

/** An order of representations, as `Array.prototype.sort` takes it. */
export type Order = (a: JsonObject, b: JsonObject) => number;

/**
 * The order of `sortBy` (RFC 7644 §3.4.2.3): letter case counts as the schema says; of several values the primary one
 * counts, else the first. Resources without a value come last, and first when descending; equal ones stay in place.
 * @throws ScimError 400 `invalidValue` for an unknown attribute or one that has no order
 */
export function sorter(view: ResourceView, sortBy: string, descending: boolean, work: Work = new Work()): Order {
  const steps = simpleSteps(view, sortBy);
  const keys = new WeakMap<JsonObject, { readonly key: ComparisonKey | undefined }>();
  const keyOf = (resource: JsonObject) => {
    const known = keys.get(resource) ?? { key: sortKey(steps, resource, work) };
    keys.set(resource, known);
    return known.key;
  };
  const direction = descending ? -1 : 1;
  return (a, b) => direction * compare(keyOf(a), keyOf(b));
}

/** The steps to a simple attribute; a multi-valued complex one is sorted by its `value`. */
function simpleSteps(view: ResourceView, sortBy: string): readonly Attribute[] {
  const steps = attributeSteps(view, sortBy) ?? [];
  const last = steps.at(-1);
  if (!last) throw invalidValue(`sortBy "${sortBy}" is not an attribute of a ${view.type}. See /Schemas.`);
  if (last.type !== 'complex') return steps;
  const value = last.subAttributes.get('value');
  if (!value) throw invalidValue(`sortBy "${sortBy}" has no order. Name one of its sub-attributes.`);
  return [...steps, value];
}

function sortKey(steps: readonly Attribute[], resource: JsonObject, work: Work): ComparisonKey | undefined {
  const last = steps.at(-1);
  const value = steps.reduce(
    (found: Json | undefined, { name }) => (isObject(found) ? single(ownValue(found, name)) : undefined),
    resource,
  );
  const key = last && comparisonKey(comparisonForm(last, 'gt'), value, work);
  work.spend(timesCompared * (1 + (typeof key === 'string' ? key.length : 0)));
  return key;
}

function single(value: Json | undefined): Json | undefined {
  if (!isArray(value)) return value;
  return value.find((element) => isObject(element) && ownValue(element, 'primary') === true) ?? value[0];
}

function compare(a: ComparisonKey | undefined, b: ComparisonKey | undefined): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
