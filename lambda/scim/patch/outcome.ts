import { evaluate } from '../filter/evaluate';
import { mutability, noTarget } from '../message/error';
import { isArray, isObject, type Json, ownValue, type Resource } from '../resource/resource';
import type { AttributeOperation } from './change';
import { isBare } from './elements';
import { valueAt, withValueAt } from './place';

/**
 * Without the elements that have lost their value, and with it everything but their labels. Only at the end: until then
 * an operation for each sub-attribute, as Entra sends them, may give them a value. Throws noTarget for an operation
 * that labelled an element which neither was there nor was given a value.
 */
export function dropBareElements(
  before: Resource,
  patched: Resource,
  operations: readonly AttributeOperation[],
): Resource {
  return operations.reduce((resource, operation) => {
    const { attribute, change } = operation;
    const elements = valueAt(resource, operation);
    if (change.kind !== 'merge' || attribute.type !== 'complex' || !isArray(elements) || !elements.some(isBare)) {
      return resource;
    }
    requireTarget(before, elements, operation);
    const kept = elements.filter((element) => !isBare(element));
    return withValueAt(resource, operation, kept.length > 0 ? kept : undefined);
  }, patched);
}

/** Throws mutability for a remove of a required attribute that no later operation assigns (RFC 7644 §3.5.2.2). */
export function requireRemaining(resource: Resource, operations: readonly AttributeOperation[]): void {
  for (const operation of operations) {
    const missing = operation.op === 'remove' ? missingName(resource, operation) : undefined;
    if (missing !== undefined) {
      throw mutability(`${operation.label} leaves ${missing} without a value, but it is required: replace it instead`);
    }
  }
}

function requireTarget(before: Resource, elements: readonly Json[], operation: AttributeOperation): void {
  const { attribute, change, label } = operation;
  if (change.kind !== 'merge') {
    return;
  }
  const { filter, values } = change;
  const selects = (element: Json) => filter === undefined || (isObject(element) && evaluate(filter, element));
  const present = valueAt(before, operation);
  const wasThere = isArray(present) && present.some(selects);
  const gives = [...values.values()].some((value) => value !== undefined);
  if (gives && !wasThere && elements.some((element) => isBare(element) && selects(element))) {
    throw noTarget(`${label} labels a value of ${attribute.name} that is not there: add one with a value`);
  }
}

function missingName(resource: Resource, operation: AttributeOperation): string | undefined {
  const { attribute, change } = operation;
  const value = valueAt(resource, operation);
  if (value === undefined) {
    return attribute.required ? attribute.name : undefined;
  }
  if (change.kind !== 'merge' || !isObject(value)) {
    return undefined;
  }
  const subs = [...change.values.keys()].flatMap((name) => attribute.subAttributes.get(name.toLowerCase()) ?? []);
  const missing = subs.find(({ name, required }) => required && ownValue(value, name) === undefined);
  return missing && `${attribute.name}.${missing.name}`;
}
