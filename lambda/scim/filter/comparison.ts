import type { Json } from '../json';
import type { Attribute, AttributeType } from '../schema/attribute';
import type { Work } from '../work';
import type { CompareOperator, ComparisonForm, ComparisonKey } from './ast';
import { instantKey, parseDateTime } from './date-time';

/** The operators of an attribute's type, and the JSON type to compare with (RFC 7644 §3.4.2.2, table 3). */
interface Comparability {
  readonly operators: readonly CompareOperator[];
  readonly value: 'string' | 'number' | 'boolean';
}

const equality: readonly CompareOperator[] = ['eq', 'ne'];
const substring: readonly CompareOperator[] = ['co', 'sw', 'ew'];
const order: readonly CompareOperator[] = ['gt', 'ge', 'lt', 'le'];

/** The RFC refuses ordering for boolean and binary; substrings only make sense for text. */
export const comparability: Readonly<Record<Exclude<AttributeType, 'complex'>, Comparability>> = {
  string: { operators: [...equality, ...substring, ...order], value: 'string' },
  reference: { operators: [...equality, ...substring, ...order], value: 'string' },
  dateTime: { operators: [...equality, ...substring, ...order], value: 'string' },
  binary: { operators: [...equality, ...substring], value: 'string' },
  decimal: { operators: [...equality, ...order], value: 'number' },
  integer: { operators: [...equality, ...order], value: 'number' },
  boolean: { operators: equality, value: 'boolean' },
};

/** How an attribute's values compare under an operator: by its characteristics `type` and `caseExact` (RFC 7643 §2.2). */
export function comparisonForm(attribute: Attribute, operator: CompareOperator): ComparisonForm {
  if (attribute.type === 'dateTime') return substring.includes(operator) ? 'exact' : 'instant';
  return attribute.caseExact ? 'exact' : 'folded';
}

/** Units of work to read a dateTime, besides those for its length. */
const readingDateTime = 100;

/**
 * A value made comparable; undefined for what is not comparable in this form, such as a text that is no dateTime.
 * @throws ScimError 413 if it takes too much work
 */
export function comparisonKey(form: ComparisonForm, value: Json | undefined, work: Work): ComparisonKey | undefined {
  if (typeof value === 'string') return keyOf[form](value, work);
  return typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}

const keyOf: Readonly<Record<ComparisonForm, (text: string, work: Work) => string | undefined>> = {
  exact: (text) => text,
  folded: (text, work) => work.fold(text),
  instant: (text, work) => {
    work.spend(readingDateTime + text.length);
    const instant = parseDateTime(text);
    return instant && instantKey(instant);
  },
};
