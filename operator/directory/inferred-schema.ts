import type { CompareValue, Filter } from '../../lambda/scim/filter/ast';
import { parseFilter } from '../../lambda/scim/filter/parse';
import { resolveAttributePath } from '../../lambda/scim/filter/resolve';
import type { AttributeType } from '../../lambda/scim/schema/attribute';
import type { AttributeDocument } from '../../lambda/scim/schema/definition';
import type { Extension } from '../../lambda/scim/schema/extension';
import type { ResourceView } from '../../lambda/scim/schema/view';

/** The type of an attribute, by the JSON type of a value that it is compared with. */
const types: Readonly<Record<string, AttributeType>> = { string: 'string', number: 'decimal', boolean: 'boolean' };

const description = 'Named in a filter.';

/**
 * The schema extensions that a filter names and this program does not know, with the attributes that it names. A
 * deployment's extensions are in its functions only. The types follow from the values, and text is compared without
 * regard to case; names must be spelled as they are stored.
 * @throws ScimError 400 `invalidFilter` if it cannot be parsed
 */
export function inferExtensions(view: ResourceView, filter: string): readonly Extension[] {
  const schemas = new Map<string, AttributeDocument[]>();
  for (const term of termsOf(parseFilter(filter))) {
    const [, urn = '', name = ''] = /^(urn:.+):([^:]+)$/i.exec(term.path) ?? [];
    if (urn === '' || view.urns.has(urn.toLowerCase()) || resolveAttributePath(view, term.path)) continue;
    schemas.set(urn, merge(schemas.get(urn) ?? [], attributeOf(name, term)));
  }
  return [...schemas].map(([id, attributes]) => ({
    resourceType: view.type,
    schema: { id, name: id, description, attributes },
  }));
}

type Term = Extract<Filter, { readonly path: string }>;

function termsOf(filter: Filter): readonly Term[] {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.terms.flatMap(termsOf);
    case 'not':
      return termsOf(filter.term);
    default:
      return [filter];
  }
}

/** An attribute by its name, which may have a sub-attribute after a dot, and what a filter says of it. */
function attributeOf(name: string, term: Term): AttributeDocument {
  const dot = name.indexOf('.');
  if (dot > 0) return complex(name.slice(0, dot), [attributeOf(name.slice(dot + 1), term)]);
  if (term.kind === 'valuePath') {
    const inner = termsOf(term.filter).map((each) => attributeOf(each.path, each));
    return { ...complex(name, inner.reduce(merge, [])), multiValued: true };
  }
  return { name, description, type: typeOf(term.kind === 'compare' ? term.value : null) };
}

function complex(name: string, subAttributes: readonly AttributeDocument[]): AttributeDocument {
  return { name, description, type: 'complex', subAttributes };
}

function typeOf(value: CompareValue): AttributeType {
  return types[typeof value] ?? 'string';
}

/** Adds an attribute to others; one that is there gets the sub-attributes of both. */
function merge(attributes: readonly AttributeDocument[], added: AttributeDocument): AttributeDocument[] {
  const present = attributes.find(({ name }) => name.toLowerCase() === added.name.toLowerCase());
  if (!present) return [...attributes, added];
  const subAttributes = (added.subAttributes ?? []).reduce(merge, [...(present.subAttributes ?? [])]);
  const merged = subAttributes.length > 0 ? { ...present, type: 'complex' as const, subAttributes } : present;
  return attributes.map((each) => (each === present ? merged : each));
}
