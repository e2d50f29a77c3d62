/** What a call sent is not what the call takes: a fault of the page, or somebody else sent it. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** Reads a value of a call's input. @throws InputError if it is another one; `name` says which */
export type Reader<Value> = (value: unknown, name: string) => Value;

/** The readers of an object's members. */
export type Fields = Readonly<Record<string, Reader<unknown>>>;

/** What fields read. */
export type Values<Of extends Fields> = { readonly [Name in keyof Of]: ReturnType<Of[Name]> };

/** Reads an object with exactly these members, of which the optional ones may be absent. */
export function object<Required extends Fields, Optional extends Fields>(
  required: Required,
  optional: Optional,
): Reader<Values<Required> & Partial<Values<Optional>>> {
  const fields: Fields = { ...required, ...optional };
  return (value, name) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw expected(name, 'an object');
    const other = Object.keys(value).find((key) => !Object.hasOwn(fields, key));
    if (other !== undefined)
      throw new InputError(`${name} has the member ${JSON.stringify(other)}, which it does not take.`);
    const absent = Object.keys(required).find((key) => !Object.hasOwn(value, key));
    if (absent !== undefined) throw new InputError(`${name}.${absent} is missing.`);
    const read = Object.entries(value).map(([key, member]) => [key, fields[key]?.(member, `${name}.${key}`)]);
    return Object.fromEntries(read) as Values<Required> & Partial<Values<Optional>>;
  };
}

/** Reads a text of one to `most` characters. */
export function text(most = 1024): Reader<string> {
  return (value, name) => {
    if (typeof value === 'string' && value.length > 0 && value.length <= most) return value;
    throw expected(name, `a text of 1 to ${most} characters`);
  };
}

/** Reads a number without a fraction. */
export function whole(least: number, most: number): Reader<number> {
  return (value, name) => {
    if (Number.isInteger(value) && Number(value) >= least && Number(value) <= most) return Number(value);
    throw expected(name, `a whole number from ${least} to ${most}`);
  };
}

/** Reads true or false. */
export const flag: Reader<boolean> = (value, name) => {
  if (typeof value === 'boolean') return value;
  throw expected(name, 'true or false');
};

/** Reads one of some texts. */
export function oneOf<const Value extends string>(values: readonly Value[]): Reader<Value> {
  return (value, name) => {
    const found = values.find((each) => each === value);
    if (found !== undefined) return found;
    throw expected(name, `one of ${values.join(', ')}`);
  };
}

/** Reads a time as ISO 8601 in UTC. */
export const time: Reader<string> = (value, name) => {
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]{5,12}Z$/.test(value) && !Number.isNaN(Date.parse(value))) {
    return new Date(value).toISOString();
  }
  throw expected(name, 'a time such as 2026-11-27T03:00:00Z');
};

const expected = (name: string, what: string) => new InputError(`${name} must be ${what}.`);
