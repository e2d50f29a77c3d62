import { invalidFilter, type ScimError } from '../message/error';
import type { Attribute } from '../schema/attribute';
import { subPath } from '../schema/attribute-path';
import { Work } from '../work';
import type { BoundFilter, CompareValue, Filter } from './ast';
import { comparability, comparisonForm, comparisonKey } from './comparison';

type Comparison = Extract<Filter, { readonly kind: 'compare' }>;

/** What a comparison's value has to be, as messages name it. */
const valueNames = {
  string: 'a string in double quotes',
  number: 'a number',
  boolean: 'true or false',
} as const;

/**
 * Checks a comparison against the attribute it names and prepares its value (RFC 7644 §3.4.2.2). `eq null` means not
 * present, `ne null` present.
 * @throws ScimError 400 `invalidFilter` when the operator does not fit the attribute's type, the value is of another
 * type, or the attribute is complex; the error calls the filter by `noun`
 */
export function bindComparison(steps: readonly Attribute[], comparison: Comparison, noun: string): BoundFilter {
  const { operator, value } = comparison;
  if (value === null) return bindNull(steps, comparison, noun);
  const attribute = steps.at(-1);
  if (attribute === undefined || attribute.type === 'complex') throw needsSubAttribute(noun, steps, comparison);
  const { operators, value: type } = comparability[attribute.type];
  if (!operators.includes(operator)) {
    throw unfit(noun, comparison, `${attribute.type} attributes take ${operators.join(', ')} and pr`);
  }
  const coerced = type === 'boolean' ? (booleanOf(value) ?? value) : value;
  if (typeof coerced !== type) {
    throw unfit(noun, comparison, `${attribute.type} attributes are compared with ${valueNames[type]}`);
  }
  const form = comparisonForm(attribute, operator);
  // Its work is counted with the length of the filter.
  const key = comparisonKey(form, coerced, new Work());
  if (key === undefined) throw unfit(noun, comparison, 'a dateTime is written like "2011-05-13T04:42:34Z"');
  return { kind: 'compare', steps, operator, value: coerced, form, key };
}

function bindNull(steps: readonly Attribute[], comparison: Comparison, noun: string): BoundFilter {
  if (comparison.operator !== 'eq' && comparison.operator !== 'ne') {
    throw unfit(noun, comparison, 'null takes eq and ne');
  }
  const present: BoundFilter = { kind: 'present', steps };
  return comparison.operator === 'ne' ? present : { kind: 'not', term: present };
}

// Entra writes booleans as strings: `primary eq "True"`.
function booleanOf(value: CompareValue): boolean | undefined {
  const text = typeof value === 'string' ? value.toLowerCase() : undefined;
  return text === 'true' || text === 'false' ? text === 'true' : undefined;
}

function unfit(noun: string, { path, operator, value }: Comparison, why: string): ScimError {
  const shown = JSON.stringify(typeof value === 'string' && value.length > 40 ? `${value.slice(0, 40)}…` : value);
  return invalidFilter(`${noun} compares "${path} ${operator} ${shown}", which does not fit: ${why}.`);
}

function needsSubAttribute(noun: string, steps: readonly Attribute[], { path }: Comparison): ScimError {
  const attribute = steps.at(-1);
  const example = attribute?.subAttributes.values().next().value;
  const instead =
    attribute && example ? `. Name one of its sub-attributes, such as "${subPath(path, attribute, example.name)}"` : '';
  return invalidFilter(`${noun} compares "${path}", which is complex${instead}.`);
}
