import { comparisonForm, comparisonKey } from '../../lambda/scim/filter/comparison';
import { isArray, isObject, type Json, type JsonObject, ownValue } from '../../lambda/scim/json';
import { sameJson } from '../../lambda/scim/resource/equal';
import type { Resource } from '../../lambda/scim/resource/resource';
import type { Attribute, AttributeMap } from '../../lambda/scim/schema/attribute';
import { subPath } from '../../lambda/scim/schema/attribute-path';
import type { ResourceView } from '../../lambda/scim/schema/view';
import { Work } from '../../lambda/scim/work';
import { type ComparedPath, valueAt } from './compared-path';

/** An attribute with different values; one that is absent has none. */
export interface AttributeDifference {
  readonly attribute: string;
  readonly expected?: Json;
  readonly actual?: Json;
}

/** Compared on its own: whether a user is disabled. */
const comparedApart = 'active';

/** An address within one endpoint. */
const address = '$ref';

/** An attribute that holds the id of a user: another endpoint has other ids. */
const reference = 'manager';

/**
 * The differences at these paths, where the expected resource has a value. Values are compared as a filter of the
 * endpoint compares them: by type and `caseExact` (RFC 7643 §2.2).
 */
export function differencesAt(
  paths: readonly ComparedPath[],
  expected: Resource,
  actual: Resource,
): readonly AttributeDifference[] {
  const work = new Work();
  return paths.flatMap((path) => {
    const [wanted, present] = [valueAt(path, expected), valueAt(path, actual)];
    const attribute = path.steps.at(-1);
    if (!attribute || attribute.name === comparedApart || wanted === undefined) return [];
    if (sameSimple(attribute, wanted, present, work)) return [];
    return [{ attribute: path.path, expected: wanted, ...(present === undefined ? {} : { actual: present }) }];
  });
}

/**
 * All differences between two resources that are complete.
 * @param isOurs whether the expected one is of this deployment: then ids, and extensions that this program does not know,
 *   are compared too
 */
export function allDifferences(
  view: ResourceView,
  expected: Resource,
  actual: Resource,
  isOurs: boolean,
): readonly AttributeDifference[] {
  const known = differencesWithin({ isOurs, work: new Work() }, view.attributes, (name) => name, expected, actual);
  return isOurs ? [...known, ...unknownDifferences(view, expected, actual)] : known;
}

interface Comparison {
  readonly isOurs: boolean;
  readonly work: Work;
}

/** Extensions of the deployment, which its functions know and this program does not. */
function unknownDifferences(view: ResourceView, expected: Resource, actual: Resource): readonly AttributeDifference[] {
  const names = new Set([...Object.keys(expected), ...Object.keys(actual)]);
  const unknown = [...names].filter((name) => name.startsWith('urn:') && !view.attributes.has(name.toLowerCase()));
  return unknown.flatMap((name) =>
    difference(name, expected[name], actual[name], sameJson(expected[name], actual[name])),
  );
}

function differencesWithin(
  comparison: Comparison,
  attributes: AttributeMap,
  pathOf: (name: string) => string,
  expected: JsonObject,
  actual: JsonObject,
): readonly AttributeDifference[] {
  return [...attributes.values()].flatMap((attribute) => {
    const { name, type, multiValued, subAttributes } = attribute;
    const path = pathOf(name);
    if (!isCompared(comparison, attribute, path)) return [];
    const [wanted, present] = [ownValue(expected, name), ownValue(actual, name)];
    if (type !== 'complex' || multiValued) {
      return difference(path, wanted, present, same(attribute, wanted, present, comparison.work));
    }
    const [one, other] = [isObject(wanted) ? wanted : {}, isObject(present) ? present : {}];
    return differencesWithin(comparison, subAttributes, (sub) => subPath(path, attribute, sub), one, other);
  });
}

function isCompared({ isOurs }: Comparison, { name, mutability }: Attribute, path: string): boolean {
  if (mutability === 'readOnly' || mutability === 'writeOnly') return false;
  if (name === 'members' || name === address || path === comparedApart) return false;
  return name !== reference || isOurs;
}

function difference(
  attribute: string,
  expected: Json | undefined,
  actual: Json | undefined,
  isSame: boolean,
): readonly AttributeDifference[] {
  if (isSame) return [];
  return [{ attribute, ...(expected === undefined ? {} : { expected }), ...(actual === undefined ? {} : { actual }) }];
}

function same(attribute: Attribute, a: Json | undefined, b: Json | undefined, work: Work): boolean {
  if (!attribute.multiValued) return sameSimple(attribute, a, b, work);
  return setKey(attribute, a, work) === setKey(attribute, b, work);
}

function sameSimple(attribute: Attribute, a: Json | undefined, b: Json | undefined, work: Work): boolean {
  if (a === undefined || b === undefined) return a === b;
  const form = comparisonForm(attribute, 'eq');
  const [one, other] = [comparisonKey(form, a, work), comparisonKey(form, b, work)];
  return one === undefined || other === undefined ? sameJson(a, b) : one === other;
}

/** The elements of a multi-valued attribute in a form that is equal for equal sets, whatever their order. */
function setKey(attribute: Attribute, value: Json | undefined, work: Work): string {
  const elements = isArray(value) ? value : [];
  return elements
    .map((element) => elementKey(attribute, element, work))
    .sort()
    .join('\n');
}

function elementKey(attribute: Attribute, element: Json, work: Work): string {
  if (!isObject(element)) return simpleKey(attribute, element, work);
  const parts = Object.entries(element).flatMap(([name, value]) => {
    const sub = attribute.subAttributes.get(name.toLowerCase());
    // RFC 7643 §2.4: a value without `primary` is not primary.
    if (!sub || name === address || (name === 'primary' && value === false)) return [];
    return [`${name}=${isArray(value) ? setKey(sub, value, work) : simpleKey(sub, value, work)}`];
  });
  return parts.sort().join('\t');
}

function simpleKey(attribute: Attribute, value: Json, work: Work): string {
  return JSON.stringify(comparisonKey(comparisonForm(attribute, 'eq'), value, work) ?? value);
}
