import { evaluate } from '../filter/evaluate';
import { isArray, isObject, type Json, ownValue } from '../json';
import { mutability, noTarget } from '../message/error';
import { isBare } from '../resource/primary';
import type { Resource } from '../resource/resource';
import type { Work } from '../work';
import { type AttributeOperation, onlyLabels, takesAway } from './change';
import { elementWork } from './cost';
import { valueAt, withValueAt } from './place';

/** Units of work to compare the labels of an element with those of others. */
const labelsWork = 128;

/**
 * Checks that the operations did more than set labels of values that are not there. Call it after the last operation:
 * Entra sends one operation for each sub-attribute, so a later one may set the value. Together with other operations,
 * one that only sets labels is ignored: it must not prevent a user from being disabled.
 * @throws ScimError 400 `noTarget`
 */
export function requireTargets(
  before: Resource,
  patched: Resource,
  operations: readonly AttributeOperation[],
  work: Work,
): void {
  const [first] = operations;
  const idle = (operation: AttributeOperation): boolean => {
    const { attribute, change } = operation;
    if (!attribute.multiValued || change.kind !== 'merge' || !onlyLabels(change.changes)) return false;
    const selects = (element: Json) =>
      change.filter === undefined || (isObject(element) && evaluate(change.filter, element, work));
    const [had, has] = [elementsAt(before, operation), elementsAt(patched, operation)];
    work.spend(elementWork * (had.length + has.length));
    return !had.some(selects) && has.filter(selects).every(isBare);
  };
  if (!first || !operations.every(idle)) return;
  throw noTarget(`${first.label} labels a value of ${first.attribute.name} that is not there. Add one with a value.`);
}

/**
 * Removes the elements that have nothing left but labels. Call it after the last operation: a later one may set a
 * value.
 */
export function dropBareElements(
  before: Resource,
  patched: Resource,
  operations: readonly AttributeOperation[],
  work: Work,
): Resource {
  return operations.reduce((resource, operation) => {
    const { change } = operation;
    const elements = elementsAt(resource, operation);
    const loses = change.kind === 'merge' && [...change.changes.values()].some(takesAway);
    if (!loses) return resource;
    work.spend(elementWork * elements.length);
    if (!elements.some(isBare)) return resource;
    work.spend(labelsWork * elements.length);
    const bareBefore = new Set(elementsAt(before, operation).filter(isBare).map(labelsOf));
    const kept = elements.filter((element) => !isBare(element) || bareBefore.has(labelsOf(element)));
    return withValueAt(resource, operation, kept.length > 0 ? kept : undefined);
  }, patched);
}

/** Removes a `$ref` that still refers to the previous `value` (RFC 7643 §2.4), such as a former manager. */
export function dropStaleReferences(
  before: Resource,
  patched: Resource,
  operations: readonly AttributeOperation[],
): Resource {
  return operations.reduce((resource, operation) => {
    const [had, has] = [valueAt(before, operation), valueAt(resource, operation)];
    if (!isObject(had) || !isObject(has) || ownValue(had, 'value') === ownValue(has, 'value')) return resource;
    const { $ref, ...rest } = has;
    return $ref !== undefined && $ref === had.$ref ? withValueAt(resource, operation, rest) : resource;
  }, patched);
}

/**
 * Checks that required attributes still have a value.
 * @throws ScimError 400 `mutability` for a remove of a required attribute that no later operation assigns (RFC 7644
 *   §3.5.2.2)
 */
export function requireRemaining(resource: Resource, operations: readonly AttributeOperation[]): void {
  for (const operation of operations) {
    const missing = operation.op === 'remove' ? missingName(resource, operation) : undefined;
    if (missing !== undefined) {
      throw mutability(`${operation.label} leaves ${missing} without a value, but it is required. Replace it instead.`);
    }
  }
}

function elementsAt(resource: Resource, operation: AttributeOperation): readonly Json[] {
  const value = valueAt(resource, operation);
  return isArray(value) ? value : [];
}

function labelsOf(element: Json): string {
  return isObject(element) ? JSON.stringify([element.type, element.primary]) : '';
}

function missingName(resource: Resource, operation: AttributeOperation): string | undefined {
  const { attribute, change } = operation;
  const value = valueAt(resource, operation);
  if (value === undefined) return attribute.required ? attribute.name : undefined;
  if (change.kind !== 'merge' || !isObject(value)) return undefined;
  const subs = [...change.changes.keys()].flatMap((name) => attribute.subAttributes.get(name.toLowerCase()) ?? []);
  const missing = subs.find(({ name, required }) => required && ownValue(value, name) === undefined);
  return missing && `${attribute.name}.${missing.name}`;
}
