/** A JSON value as it stands in a flow file and in an answer. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A JSON object. */
export type JsonObject = { readonly [key: string]: Json };

/** Tells a JSON object from every other JSON value. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Tells a JSON array from every other JSON value (unlike `Array.isArray`, it keeps `Json` as the element type). */
export function isArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
