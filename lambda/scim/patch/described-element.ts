import type { BoundFilter } from '../filter/ast';
import type { Attribute } from '../schema/attribute';
import type { Change, SubAttributeChanges } from './change';
import { readValue } from './value';

/**
 * The element that a filter describes, for an operation on an element that does not exist: Entra replaces `emails[type
 * eq "work"].value` of users without email. Defined only if the filter consists of `sub-attribute eq value`, and a
 * `type` is one that the schema suggests. Otherwise undefined: the caller reports `noTarget` (RFC 7644 §3.5.2.3).
 * @throws ScimError 400 `invalidValue` for broken text
 */
export function describedElement(filter: BoundFilter | undefined, label: string): SubAttributeChanges | undefined {
  const terms = filter === undefined ? [] : termsOf(filter);
  const values = terms.map((term) => describedValue(term, label));
  return values.every((value) => value !== undefined) ? new Map(values) : undefined;
}

function termsOf(filter: BoundFilter): readonly BoundFilter[] {
  return filter.kind === 'and' ? filter.terms : [filter];
}

function describedValue(term: BoundFilter, label: string): readonly [string, Change] | undefined {
  const [sub, ...deeper] = term.kind === 'compare' ? term.steps : [];
  if (term.kind !== 'compare' || term.operator !== 'eq' || sub === undefined || deeper.length > 0) return undefined;
  const value = sub.name === 'type' ? canonical(sub, String(term.value)) : term.value;
  return value === undefined ? undefined : [sub.name, { kind: 'assign', value: readValue(sub, value, label) }];
}

function canonical({ canonicalValues }: Attribute, type: string): string | undefined {
  return canonicalValues ? canonicalValues.find((each) => each.toLowerCase() === type.toLowerCase()) : type;
}
