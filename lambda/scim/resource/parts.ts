import { isObject, type Json, type JsonObject, kindOf } from '../json';
import { invalidSyntax, type ScimError } from '../message/error';
import type { Attribute } from '../schema/attribute';
import { attributeSteps } from '../schema/attribute-path';
import type { ResourceView } from '../schema/view';

/** One member of a JSON object, and the attributes that its name leads to. */
export interface Part {
  readonly steps: readonly Attribute[];
  readonly key: string;
  readonly value: Json;
}

/**
 * The parts of a POST or PUT body that name attributes of the resource type. Core attributes in an object under their
 * own URN count too, as some clients nest them; no deeper than once.
 * @throws ScimError 400 `invalidSyntax` for a body that is not an object
 */
export function bodyParts(view: ResourceView, body: Json): readonly Part[] {
  if (!isObject(body)) {
    throw invalidSyntax(`The body must be a JSON object with the attributes of a ${view.type}, got ${kindOf(body)}.`);
  }
  const named = (object: JsonObject) => partsOf(object, (key) => attributeSteps(view, key));
  const nested = (value: Json) => (isObject(value) ? named(value).filter(({ steps }) => steps.length > 0) : []);
  return named(body).flatMap((part) => (part.steps.length > 0 ? [part] : nested(part.value)));
}

/** The properties of an object whose names are attributes. */
export function partsOf(
  object: JsonObject,
  stepsOf: (key: string) => readonly Attribute[] | undefined,
): readonly Part[] {
  const parts: Part[] = [];
  for (const [key, value] of Object.entries(object)) {
    const steps = stepsOf(key);
    if (steps) parts.push({ steps, key, value });
  }
  return parts;
}

/** 400 for an attribute that a body gives more than once. */
export function givenTwice(parts: readonly Part[], path: string): ScimError {
  const [first, second] = parts.map(({ key }) => `"${key}"`);
  return invalidSyntax(`${path} is given more than once (${first} and ${second}). Send each attribute once.`);
}
