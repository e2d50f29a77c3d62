import { isArray, isObject, type Json, type JsonObject, ownValue } from '../../lambda/scim/json';
import type { Resource } from '../../lambda/scim/resource/resource';
import type { Attribute } from '../../lambda/scim/schema/attribute';
import { attributeSteps } from '../../lambda/scim/schema/attribute-path';
import type { ResourceView } from '../../lambda/scim/schema/view';
import { fold } from '../../lambda/scim/text/fold';

/** A value of a resource that is compared: a simple one, or a sub-attribute of one element of a multi-valued attribute. */
export interface ComparedPath {
  /** As it is written: `name.givenName`, `phoneNumbers[type eq "mobile"].value`. */
  readonly path: string;
  /** The attributes that lead to the value, outermost first. */
  readonly steps: readonly Attribute[];
  /** Which element of a multi-valued attribute: that of this type, or the primary one. */
  readonly element?: { readonly type: string } | 'primary';
}

const ofElement = /^(\w+)\[(?:type eq "([^"]+)"|(primary) eq true)\]\.(\w+)$/;

/**
 * Reads a path. Understands `attribute`, `attribute.sub`, an extension's `urn:…:attribute`, and the two forms of filter
 * that name one element.
 * @returns undefined if the schema has no such simple value
 */
export function parsePath(view: ResourceView, path: string): ComparedPath | undefined {
  const [, attribute = '', type, primary, sub = ''] = ofElement.exec(path) ?? [];
  if (attribute === '') {
    const steps = attributeSteps(view, path);
    const last = steps?.at(-1);
    const isSimple = last !== undefined && last.type !== 'complex' && !steps?.some(({ multiValued }) => multiValued);
    return steps && isSimple ? { path, steps } : undefined;
  }
  const steps = attributeSteps(view, `${attribute}.${sub}`);
  if (steps?.length !== 2 || !steps[0]?.multiValued) return undefined;
  return { path, steps, element: primary ? 'primary' : { type: type ?? '' } };
}

/** The body of a resource that has only these values, as a client would send it. */
export function bodyOf(values: readonly (readonly [path: ComparedPath, value: Json])[]): JsonObject {
  const body: Record<string, Json> = {};
  for (const [{ path, steps, element }, value] of values) {
    const [attribute, sub] = steps;
    if (element === undefined || !attribute || !sub) {
      body[path] = value;
      continue;
    }
    const labels: JsonObject = element === 'primary' ? { primary: true } : { type: element.type };
    const present = body[attribute.name];
    body[attribute.name] = [...(isArray(present) ? present : []), { ...labels, [sub.name]: value }];
  }
  return body;
}

/** The value of a resource at a path; undefined if it has none. */
export function valueAt({ steps, element }: ComparedPath, resource: Resource): Json | undefined {
  let value: Json | undefined = resource;
  for (const step of steps) {
    if (isArray(value)) value = elementOf(value.filter(isObject), element);
    value = isObject(value) ? ownValue(value, step.name) : undefined;
  }
  return value;
}

/** The primary element is the first one if none says that it is. */
function elementOf(elements: readonly JsonObject[], element: ComparedPath['element']): JsonObject | undefined {
  if (element === 'primary') return elements.find(({ primary }) => primary === true) ?? elements[0];
  const wanted = fold(element?.type ?? '');
  return elements.find(({ type }) => typeof type === 'string' && fold(type) === wanted);
}
