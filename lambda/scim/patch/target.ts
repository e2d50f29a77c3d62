import type { BoundFilter, Filter, PatchPath } from '../filter/ast';
import { isAttributePath } from '../filter/attribute-path';
import { parsePath } from '../filter/parse';
import { resolveAttributePath, resolveElementFilter } from '../filter/resolve';
import { invalidPath, mutability } from '../message/error';
import type { Attribute } from '../schema/attribute';
import type { ResourceView } from '../schema/view';

/** The target of a path: a whole schema, or an attribute and the part of it that the path selects. */
export type Target = SchemaTarget | AttributeTarget;

/** The core schema, or an extension as a whole. */
export interface SchemaTarget {
  readonly kind: 'schema';
  readonly urn: string;
  readonly extension: Attribute | undefined;
}

/** An attribute, or those of its values that a filter selects. */
export interface Selected {
  readonly attribute: Attribute;
  readonly filter: BoundFilter | undefined;
}

/** An attribute of the resource or of an extension, or a sub-attribute of the selected values. */
export interface AttributeTarget extends Selected {
  readonly kind: 'attribute';
  readonly extension: Attribute | undefined;
  readonly sub: (Selected & { readonly sub: undefined }) | undefined;
}

/**
 * What the `path` of an operation leads to (RFC 7644 §3.5.2). Undefined for what is accepted without effect: attributes
 * that the profile does not store, and `schemas`, which follows from the data.
 * @throws ScimError 400 `invalidPath` for a path to no attribute, 400 `invalidFilter` for a filter that does not fit,
 * 400 `mutability` for a path to a read-only attribute
 */
export function pathTarget(view: ResourceView, text: string, label: string): Target | undefined {
  const path = parsePath(text, `${label}: Path`);
  const target = targetOf(view, path, label);
  if (target === undefined) {
    if (isNotStored(view, path.path)) return undefined;
    throw invalidPath(`${label} leads to no attribute of a ${view.type}. See /Schemas for the attributes.`);
  }
  if (target.kind === 'attribute' && target.attribute.name === 'schemas') return undefined;
  if (isReadOnly(target)) throw mutability(`${label} leads to a read-only attribute. Leave this operation out.`);
  return target;
}

/**
 * What a name in the `value` of an operation without path leads to: an attribute, or any path used as a name, as Entra
 * does. Undefined for what such a value may hold without effect: unknown, read-only and not stored attributes.
 * @throws ScimError 400 `invalidPath` or `invalidFilter` when the attribute is known and the filter behind it is
 * not valid
 */
export function nameTarget(view: ResourceView, name: string, label: string): Target | undefined {
  const [path = ''] = name.split('[', 1);
  const plain = isAttributePath(path) ? targetOf(view, { path }, label) : undefined;
  const target = plain && path !== name ? targetOf(view, parsePath(name, `${label}: Path`), label) : plain;
  return target === undefined || isReadOnly(target) ? undefined : target;
}

function targetOf(view: ResourceView, { path, filter, sub: name }: PatchPath, label: string): Target | undefined {
  const steps = resolveAttributePath(view, path) ?? view.urns.get(path.toLowerCase());
  if (steps === undefined) return undefined;
  const extension = steps.find((step) => isExtension(view, step));
  const [attribute, sub] = extension ? steps.slice(1) : steps;
  if (attribute === undefined) {
    return filter ? undefined : { kind: 'schema', urn: extension?.name ?? view.schema.id, extension };
  }
  const target: AttributeTarget = {
    kind: 'attribute',
    extension,
    attribute,
    sub: sub && { attribute: sub, sub: undefined, filter: undefined },
    filter: undefined,
  };
  return filter ? selection(target, filter, name, label) : target;
}

/**
 * `valuePath [subAttr]`: a filter stands behind a multi-valued attribute, and a sub-attribute behind the filter; or the
 * filter stands behind a multi-valued sub-attribute, with nothing behind it.
 */
function selection(
  target: AttributeTarget,
  filter: Filter,
  name: string | undefined,
  label: string,
): AttributeTarget | undefined {
  const selected = target.sub?.attribute ?? target.attribute;
  if (!selected.multiValued) return undefined;
  const bound = resolveElementFilter(selected, filter, `${label}: Filter`);
  if (name === undefined) {
    return target.sub ? { ...target, sub: { ...target.sub, filter: bound } } : { ...target, filter: bound };
  }
  const sub = target.sub ? undefined : selected.subAttributes.get(name.toLowerCase());
  return sub && { ...target, sub: { attribute: sub, sub: undefined, filter: undefined }, filter: bound };
}

function isExtension(view: ResourceView, attribute: Attribute): boolean {
  return view.extensions.some(({ id }) => id === attribute.name);
}

function isReadOnly(target: Target): boolean {
  return (
    target.kind === 'attribute' &&
    [target.attribute, target.sub?.attribute].some((each) => each?.mutability === 'readOnly')
  );
}

function isNotStored(view: ResourceView, path: string): boolean {
  const lower = path.toLowerCase();
  const [urn] =
    [...view.urns].find(([each, qualified]) => qualified.length === 0 && lower.startsWith(`${each}:`)) ?? [];
  const [name = ''] = lower.slice(urn === undefined ? 0 : urn.length + 1).split('.', 1);
  return view.notStored.has(name);
}
