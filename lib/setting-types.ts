/** Reads one setting. @throws Error that says what is expected */
export type Read<T> = (value: unknown) => T;

function refuse(expected: string): never {
  throw new Error(`expected ${expected}`);
}

/** A text that is not empty. */
export const text: Read<string> = (value) => (typeof value === 'string' && value ? value : refuse('some text'));

/** A text that matches a pattern; `expected` describes it. */
export const matching =
  (form: RegExp, expected: string): Read<string> =>
  (value) =>
    typeof value === 'string' && form.test(value) ? value : refuse(expected);

/** A boolean: `true` or `false`, also as text from `-c`. */
export const onOff: Read<boolean> = (value) => {
  if (value === true || value === 'true') return true;
  return value === false || value === 'false' ? false : refuse('true or false');
};

/** An integer in a range, also as text from `-c`. */
export const integer =
  (least: number, most: number): Read<number> =>
  (value) => {
    const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
    const fits = typeof number === 'number' && Number.isInteger(number) && number >= least && number <= most;
    return fits ? number : refuse(`a whole number from ${least} to ${most}`);
  };

/** One of several words. */
export const oneOf =
  <T extends string>(...words: readonly T[]): Read<T> =>
  (value) =>
    words.find((word) => word === value) ?? refuse(words.join(' or '));

/** A list of words: an array, or text separated by commas. */
export const list: Read<readonly string[]> = (value) => {
  const parts: unknown = typeof value === 'string' ? value.split(',').map((part) => part.trim()) : value;
  return Array.isArray(parts) && parts.length > 0 && parts.every((part) => typeof part === 'string' && part)
    ? (parts as string[])
    : refuse('a list separated by commas');
};

/** A number for some of several names: an object, or text such as `users=5,authorizer=5`. `what` says what the names are. */
export const perName =
  <T extends string>(
    names: readonly T[],
    least: number,
    most: number,
    what: string,
  ): Read<Readonly<Partial<Record<T, number>>>> =>
  (value) => {
    const pairs: [string, unknown][] =
      typeof value === 'string'
        ? value.split(',').map((pair) => pair.trim().split('=', 2) as [string, string])
        : Object.entries(value ?? {});
    const read = integer(least, most);
    const fits = pairs.length > 0 && pairs.every(([name]) => names.some((known) => known === name));
    if (!fits) refuse(`${what.slice(0, -1)}=number, separated by commas, for the ${what} ${names.join(', ')}`);
    return Object.fromEntries(pairs.map(([name, number]) => [name, read(number)])) as Partial<Record<T, number>>;
  };

/** The ARN of a service's resource; `end` is the pattern of its last part. */
export const arn = (service: string, end: string, example: string): Read<string> =>
  matching(
    new RegExp(`^arn:aws[a-z-]*:${service}:[a-z0-9-]+:\\d{12}:${end}$`),
    `an ARN such as arn:aws:${service}:eu-west-1:111122223333:${example}`,
  );
