/** The values that are not undefined. */
export type Given<Values> = { [Name in keyof Values]?: Exclude<Values[Name], undefined> };

/** Leaves out the values that are undefined. */
export function given<Values extends object>(values: Values): Given<Values> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Given<Values>;
}
