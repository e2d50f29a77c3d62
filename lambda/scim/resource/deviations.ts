import { isArray, isObject, type Json } from '../json';
import type { Attribute } from '../schema/attribute';

/** A way in which identity providers write a value differently from RFC 7643, and what they mean by it. */
interface Deviation {
  readonly sent: string;
  readonly matches: (attribute: Attribute, value: Json) => boolean;
  readonly meant: (value: Json) => Json;
}

/** Applied until none matches: what one row unwraps, another may correct. */
const deviations: readonly Deviation[] = [
  {
    sent: 'Entra, OneLogin: a single value in an array',
    matches: (_, value) => isArray(value) && value.length === 1,
    meant: (value) => (isArray(value) ? (value[0] ?? null) : value),
  },
  {
    sent: "Entra's oldest jobs: a simple value in an object",
    matches: ({ type }, value) => type !== 'complex' && isObject(value) && Object.hasOwn(value, 'value'),
    meant: (value) => (isObject(value) ? (value.value ?? null) : value),
  },
  {
    sent: 'Entra: a bare identifier for `manager`, and scalars for other values that are objects',
    matches: ({ subAttributes }, value) => subAttributes.has('value') && isScalar(value),
    meant: (value) => ({ value }),
  },
  {
    sent: 'Entra: "True" and "False" for booleans',
    matches: ({ type }, value) => type === 'boolean' && typeof value === 'string' && booleans.has(value.toLowerCase()),
    meant: (value) => booleans.get(String(value).toLowerCase()) ?? value,
  },
];

const booleans: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
]);

/** Whether a value means none: null, `""` and `[]` leave an attribute unassigned (RFC 7643 §2.5). */
export function isNone(value: Json | undefined): boolean {
  return value === undefined || value === null || value === '' || (isArray(value) && value.length === 0);
}

/** What a client means by one value, which may be an element of a multi-valued attribute. */
export function intendedValue(attribute: Attribute, sent: Json): Json {
  const deviationOf = (value: Json) => deviations.find(({ matches }) => matches(attribute, value));
  let value = sent;
  for (let found = deviationOf(value); found; found = deviationOf(value)) value = found.meant(value);
  return value;
}

/** What a client means by the value of a multi-valued attribute: OneLogin sends a single one without the array. */
export function intendedElements(value: Json): readonly Json[] {
  return isArray(value) ? value : [value];
}

function isScalar(value: Json): boolean {
  return value !== null && value !== '' && typeof value !== 'object';
}
