/** A JSON value in a flow file or a response. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A JSON object. */
export type JsonObject = { readonly [key: string]: Json };

/** Whether a JSON value is an object. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a JSON value is an array (unlike `Array.isArray`, it keeps `Json` as the element type). */
export function isArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
