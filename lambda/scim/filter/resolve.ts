import { invalidFilter } from '../message/error';
import type { Attribute, AttributeMap } from '../schema/attribute';
import { attributeSteps, stepsWithin } from '../schema/attribute-path';
import type { ResourceView } from '../schema/view';
import type { BoundFilter, Filter } from './ast';
import { bindComparison } from './bind-comparison';

/**
 * What a filter's paths are looked up in, as messages call it, and what they call the filter. `elsewhere`: another
 * resource type has the path.
 */
interface Scope {
  readonly noun: string;
  readonly name: string;
  readonly attributes: AttributeMap;
  readonly find: (path: string) => readonly Attribute[] | undefined;
  readonly elsewhere: (path: string) => boolean;
}

const nothing: BoundFilter = { kind: 'or', terms: [] };

/**
 * Checks a filter against a resource type and prepares it for evaluation (RFC 7644 §3.4.2.2). In a query across
 * resource types an attribute that only the `others` have counts as one without a value (§3.4.2.1).
 * @throws ScimError 400 `invalidFilter` for an attribute that does not exist or may not be filtered, an operator that
 * does not fit it, a value of another type
 */
export function resolveFilter(view: ResourceView, filter: Filter, others: readonly ResourceView[] = []): BoundFilter {
  const find = (path: string) => resolveAttributePath(view, path);
  const elsewhere = (path: string) => others.some((other) => resolveAttributePath(other, path) !== undefined);
  return bind({ noun: 'Filter', name: view.type, attributes: view.attributes, find, elsewhere }, filter);
}

/**
 * Checks the filter between the brackets of a value path on `attribute`, to be evaluated on one element. The elements
 * of an attribute that is not complex are called `value`.
 * @throws as `resolveFilter` does, and calls the filter by `noun`
 */
export function resolveElementFilter(attribute: Attribute, filter: Filter, noun = 'Filter'): BoundFilter {
  return bind(elementScope(attribute, noun), filter);
}

/**
 * The attributes that a path leads through: `[extension?, attribute, sub-attribute?]`; undefined when the resource type
 * has no such attribute. URNs and names have no letter case (RFC 7644 §3.10). An extension's attribute is found without
 * its URN too, if only one extension has it: clients should qualify it, but some send `manager eq "…"`.
 */
export function resolveAttributePath(view: ResourceView, path: string): readonly Attribute[] | undefined {
  const steps = attributeSteps(view, path);
  if (steps !== undefined) return steps.length === 0 ? undefined : steps;
  const found = view.extensions.flatMap(({ id }) => {
    const extension = view.attributes.get(id.toLowerCase());
    const within = extension && stepsWithin(extension.subAttributes, path);
    return extension && within ? [[extension, ...within]] : [];
  });
  return found.length === 1 ? found[0] : undefined;
}

function elementScope(attribute: Attribute, noun: string): Scope {
  const element: AttributeMap =
    attribute.type === 'complex'
      ? attribute.subAttributes
      : new Map([['value', { ...attribute, name: 'value', multiValued: false }]]);
  const find = (path: string) => stepsWithin(element, path);
  return { noun, name: attribute.name, attributes: element, find, elsewhere: () => false };
}

function bind(scope: Scope, filter: Filter): BoundFilter {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return { kind: filter.kind, terms: filter.terms.map((term) => bind(scope, term)) };
    case 'not':
      return { kind: 'not', term: bind(scope, filter.term) };
    default:
      return bindTerm(scope, filter);
  }
}

type Term = Extract<Filter, { readonly path: string }>;

function bindTerm(scope: Scope, term: Term): BoundFilter {
  const steps = scope.find(term.path);
  if (steps !== undefined) {
    return bindPath(scope.noun, filterable(scope.noun, comparedSteps(steps, term), term.path), term);
  }
  if (scope.elsewhere(term.path)) return withoutValue(term);
  throw invalidFilter(
    `${scope.noun} names "${term.path}", which is not an attribute of ${scope.name}. ${cure(scope, term.path)}.`,
  );
}

function cure({ attributes }: Scope, path: string): string {
  const meant = longerName(attributes, path);
  return meant === undefined ? 'See /Schemas for the attributes' : `Take ${meant}, or see /Schemas for the attributes`;
}

/** The shortest known name that contains an unknown one: some clients write `nick` for `nickName`. */
function longerName(attributes: AttributeMap, part: string): string | undefined {
  const lower = part.toLowerCase();
  const names = [...attributes.values()].map(({ name }) => name).filter((name) => name.toLowerCase().includes(lower));
  return lower.length < 3 ? undefined : names.sort((a, b) => a.length - b.length)[0];
}

function bindPath(noun: string, steps: readonly Attribute[], term: Term): BoundFilter {
  switch (term.kind) {
    case 'present':
      return { kind: 'present', steps };
    case 'compare':
      return bindComparison(steps, term, noun);
    case 'valuePath':
      return {
        kind: 'valuePath',
        steps,
        filter: bind(elementScope(holder(noun, steps, term.path), noun), term.filter),
      };
  }
}

// `emails eq "x"` and `manager eq "x"` compare the `value` (RFC 7643 §2.4); null compares the whole attribute.
function comparedSteps(steps: readonly Attribute[], term: Term): readonly Attribute[] {
  const value = steps.at(-1)?.subAttributes.get('value');
  return term.kind === 'compare' && term.value !== null && value !== undefined ? [...steps, value] : steps;
}

function holder(noun: string, steps: readonly Attribute[], path: string): Attribute {
  const last = steps.at(-1);
  if (last === undefined || (last.type !== 'complex' && !last.multiValued)) {
    throw invalidFilter(`${noun} has brackets after "${path}", which has no parts to choose from.`);
  }
  return last;
}

// A hash cannot be compared, and the result would reveal a value that is never returned (RFC 7643 §7).
function filterable(noun: string, steps: readonly Attribute[], path: string): readonly Attribute[] {
  if (steps.some(({ mutability, returned }) => mutability === 'writeOnly' || returned === 'never')) {
    throw invalidFilter(`${noun} names "${path}", which cannot be used in a filter.`);
  }
  return steps;
}

function withoutValue(term: Term): BoundFilter {
  const matches = term.kind === 'compare' && term.operator === (term.value === null ? 'eq' : 'ne');
  return matches ? { kind: 'not', term: nothing } : nothing;
}
