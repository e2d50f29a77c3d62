import { isArray, isObject, type Json } from './json';

/** Returns a variable's value; undefined if there is no such variable. */
export type Lookup = (name: string) => Json | undefined;

const placeholder = /\$\{(?:'([^']*)'\*(\d+)|(\w+)(?:\|(upper|lower|raw))?)\}/g;
const wholePlaceholder = /^\$\{(\w+)\}$/;

/** A copy of the template with all placeholders replaced, also in keys. A string with only a placeholder becomes its value. */
export function fill(template: Json, lookup: Lookup): Json {
  if (typeof template === 'string') return fillString(template, lookup);
  if (isArray(template)) return template.map((element) => fill(element, lookup));
  if (!isObject(template)) return template;
  return Object.fromEntries(
    Object.entries(template).map(([key, value]) => [fillText(key, lookup), fill(value, lookup)]),
  );
}

/** The text with all placeholders replaced; `encode` is applied to the values, except for `${name|raw}`. */
export function fillText(text: string, lookup: Lookup, encode: (value: string) => string = (value) => value): string {
  return text.replace(placeholder, (_match, repeated?: string, times?: string, name?: string, change?: string) => {
    if (repeated !== undefined) return encode(repeated.repeat(Number(times)));
    const value = changeCase(asText(lookup(name ?? '')), change);
    return change === 'raw' ? value : encode(value);
  });
}

/** The names of the variables that a template uses. */
export function variablesIn(template: unknown): readonly string[] {
  return [...JSON.stringify(template ?? null).matchAll(placeholder)].flatMap((match) => match[3] ?? []);
}

function fillString(text: string, lookup: Lookup): Json {
  const name = wholePlaceholder.exec(text)?.[1];
  return name === undefined ? fillText(text, lookup) : (lookup(name) ?? null);
}

function asText(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

function changeCase(value: string, change: string | undefined): string {
  if (change === 'upper') return value.toUpperCase();
  return change === 'lower' ? value.toLowerCase() : value;
}
