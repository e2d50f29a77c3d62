import { isArray, isObject, type Json, type JsonObject } from '../json';
import { invalidValue } from '../message/error';
import type { Attribute, AttributeMap } from '../schema/attribute';
import { attributeSteps } from '../schema/attribute-path';
import type { ResourceView } from '../schema/view';

/** Attributes by lower-case name: as a whole, or some of their sub-attributes. */
type Selection = ReadonlyMap<string, Selection | 'whole'>;
type SelectionBuilder = Map<string, SelectionBuilder | 'whole'>;

/** Which attributes a response includes: `only` those selected, or all `without` those selected (RFC 7644 §3.9). */
export interface Projection {
  readonly kind: 'only' | 'without';
  readonly selection: Selection;
}

const nothing: Selection = new Map();

/**
 * Reads the parameters `attributes` and `excludedAttributes`, names separated by commas; unknown names select nothing.
 * @throws ScimError 400 `invalidValue` when both are given
 */
export function parseProjection(
  view: ResourceView,
  attributes: string | undefined,
  excludedAttributes: string | undefined,
): Projection {
  if (attributes && excludedAttributes) {
    throw invalidValue('attributes and excludedAttributes exclude each other. Send one of them.');
  }
  return attributes
    ? { kind: 'only', selection: select(view, attributes) }
    : { kind: 'without', selection: select(view, excludedAttributes ?? '') };
}

/** Whether a response includes an attribute, so that it must be read. */
export function wants({ kind, selection }: Projection, name: string, byDefault: boolean): boolean {
  const selected = selection.get(name.toLowerCase());
  return kind === 'only' ? selected !== undefined : selected !== 'whole' && byDefault;
}

/** Whether a response includes a sub-attribute that is returned only on request. */
export function wantsPart({ kind, selection }: Projection, name: string, part: string): boolean {
  const selected = selection.get(name.toLowerCase());
  return kind === 'only' && selected !== undefined && selected !== 'whole' && selected.has(part.toLowerCase());
}

/** The representation with the attributes that the projection shows, each by its characteristic `returned`. */
export function project(view: ResourceView, representation: JsonObject, { kind, selection }: Projection): JsonObject {
  return projectObject(view.attributes, representation, kind, selection);
}

function projectObject(
  attributes: AttributeMap,
  object: JsonObject,
  kind: Projection['kind'],
  selection: Selection,
): JsonObject {
  const projected: Record<string, Json> = {};
  for (const [name, value] of Object.entries(object)) {
    const key = name.toLowerCase();
    const attribute = attributes.get(key);
    const part = attribute && projectAttribute(attribute, value, kind, selection.get(key));
    if (part !== undefined) projected[name] = part;
  }
  if (kind === 'only') addImplied(attributes, projected, selection);
  return projected;
}

/** Shows the implied value of an absent sub-attribute, if the request names it. */
function addImplied(attributes: AttributeMap, projected: Record<string, Json>, selection: Selection): void {
  for (const key of selection.keys()) {
    const { name, implied } = attributes.get(key) ?? {};
    if (name !== undefined && implied !== undefined) projected[name] ??= implied;
  }
}

function projectAttribute(
  attribute: Attribute,
  value: Json,
  kind: Projection['kind'],
  selected: Selection | 'whole' | undefined,
): Json | undefined {
  const { returned } = attribute;
  if (returned === 'never') return undefined;
  if (returned === 'always') return projectValue(attribute, value, 'without', nothing);
  if (kind === 'only') {
    if (selected === undefined) return undefined;
    return selected === 'whole'
      ? projectValue(attribute, value, 'without', nothing)
      : projectValue(attribute, value, 'only', selected);
  }
  if (returned === 'request' || selected === 'whole') return undefined;
  return projectValue(attribute, value, 'without', selected ?? nothing);
}

function projectValue(
  attribute: Attribute,
  value: Json,
  kind: Projection['kind'],
  selection: Selection,
): Json | undefined {
  if (kind === 'without' && selection.size === 0 && isShownWhole(attribute)) return value;
  if (isArray(value)) {
    const elements = value.map((element) => projectValue(attribute, element, kind, selection));
    const projected = elements.filter((element) => element !== undefined);
    return projected.length > 0 || value.length === 0 ? projected : undefined;
  }
  if (!isObject(value)) return value;
  const projected = projectObject(attribute.subAttributes, value, kind, selection);
  return Object.keys(projected).length > 0 ? projected : undefined;
}

/** Saves examining each member of a group when nothing in them could be left out. */
function isShownWhole({ subAttributes }: Attribute): boolean {
  return [...subAttributes.values()].every(
    (attribute) => (attribute.returned === 'default' || attribute.returned === 'always') && isShownWhole(attribute),
  );
}

function select(view: ResourceView, names: string): Selection {
  const selection: SelectionBuilder = new Map();
  for (const name of names.split(',')) {
    const steps = attributeSteps(view, name.trim());
    if (steps?.length === 0) selectAll(selection, view.schema.attributes);
    else if (steps) selectPath(selection, steps);
  }
  return selection;
}

/** The core schema's URN selects all of its attributes. */
function selectAll(selection: SelectionBuilder, attributes: readonly { readonly name: string }[]): void {
  for (const { name } of attributes) selection.set(name.toLowerCase(), 'whole');
}

function selectPath(selection: SelectionBuilder, [attribute, ...rest]: readonly Attribute[]): void {
  if (!attribute) return;
  const name = attribute.name.toLowerCase();
  const selected = selection.get(name);
  if (selected === 'whole') return;
  if (rest.length === 0) {
    selection.set(name, 'whole');
    return;
  }
  const within: SelectionBuilder = selected ?? new Map();
  selection.set(name, within);
  selectPath(within, rest);
}
