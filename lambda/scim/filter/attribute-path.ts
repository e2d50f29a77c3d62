import type { AttributePath } from './ast';

const attrPathForm = /^(?:[A-Za-z][\w-]*|\$ref)(?:\.(?:[A-Za-z][\w-]*|\$ref))?$/;
const uriForm = /^[A-Za-z][A-Za-z0-9+.-]*:[\w\-.~:/?#@!$&'*+,;=%]+$/;
// What follows the last colon of a URI can be an attribute, or the end of a schema's URN such as `core:1.0`.
const lastPartForm = /^[\w$-]+(?:\.[\w$-]+)*$/;

/**
 * `attrPath = [URI ":"] ATTRNAME *1subAttr` (RFC 7644 §3.4.2.2), and `$ref`. A URI is split at its last colon: whether
 * what follows is an attribute or still part of the URN is for the schema to say. Undefined when the text is no path.
 */
export function parseAttributePath(text: string): AttributePath | undefined {
  if (attrPathForm.test(text)) return attributePath(text);
  const colon = text.lastIndexOf(':');
  const last = text.slice(colon + 1);
  if (!uriForm.test(text) || !lastPartForm.test(last)) return undefined;
  return { urn: text.slice(0, colon), ...attributePath(last) };
}

/** An attribute path as text; parsing it gives the same path again. */
export function printAttributePath(path: AttributePath): string {
  return `${path.urn === undefined ? '' : `${path.urn}:`}${path.name}${path.sub === undefined ? '' : `.${path.sub}`}`;
}

function attributePath(text: string): AttributePath {
  const dot = text.indexOf('.');
  return dot < 0 ? { name: text } : { name: text.slice(0, dot), sub: text.slice(dot + 1) };
}
