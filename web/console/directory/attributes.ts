/** An attribute to show: its path, and the text of each of its values. */
export interface ShownAttribute {
  readonly name: string;
  readonly values: readonly string[];
}

/** What every resource has, or what a screen shows elsewhere. */
const hidden = new Set(['schemas', 'id', 'meta', 'groups', 'members', 'active']);

/**
 * The attributes of a resource as rows: an attribute of several values has one row with a text for each, a complex one a
 * row for each of its parts (`name.givenName`), and those of an extension are named without its URN.
 */
export function showAttributes(attributes: Readonly<Record<string, unknown>>): readonly ShownAttribute[] {
  return Object.entries(attributes)
    .filter(([name]) => !hidden.has(name))
    .flatMap(([name, value]) => rowsOf(name, value));
}

function rowsOf(name: string, value: unknown): readonly ShownAttribute[] {
  if (Array.isArray(value)) return [{ name, values: value.map(textOf) }];
  if (!isObject(value)) return [{ name, values: [textOf(value)] }];
  const prefix = name.startsWith('urn:') ? '' : `${name}.`;
  return Object.entries(value).flatMap(([part, inner]) => rowsOf(prefix + part, inner));
}

/** One value in a line: `anna@example.com (work, primary)`; the parts of a value without `value` one after the other. */
function textOf(value: unknown): string {
  if (!isObject(value)) return typeof value === 'string' ? value : JSON.stringify(value);
  const { value: main, type, primary, display, ...parts } = value;
  const notes = [type, primary === true && 'primary'].filter(Boolean).join(', ');
  const rest = Object.entries(parts)
    .filter(([name]) => name !== '$ref')
    .map(([, part]) => textOf(part));
  const text = main === undefined ? rest.join(', ') : [display, main].filter(Boolean).map(textOf).join(' · ');
  return notes ? `${text} (${notes})` : text;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
