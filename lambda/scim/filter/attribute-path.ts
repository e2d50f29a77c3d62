const attributeForm = /^(?:[A-Za-z][\w-]*|\$ref)$/;
const attrPathForm = /^(?:[A-Za-z][\w-]*|\$ref)(?:\.(?:[A-Za-z][\w-]*|\$ref))?$/;
const uriForm = /^[A-Za-z][A-Za-z0-9+.-]*:[\w\-.~:/?#@!$&'*+,;=%]+$/;
// What follows the last colon of a URI can be an attribute, or the end of a schema's URN such as `core:1.0`.
const lastPartForm = /^[\w$-]+(?:\.[\w$-]+)*$/;

/**
 * Whether a text has the form `attrPath = [URI ":"] ATTRNAME *1subAttr` (RFC 7644 §3.4.2.2), or is the URI of a schema.
 * `$ref` counts as a name. Which attributes the path leads to is for the schema to say.
 */
export function isAttributePath(text: string): boolean {
  return attrPathForm.test(text) || (uriForm.test(text) && lastPartForm.test(text.slice(text.lastIndexOf(':') + 1)));
}

/** Whether a text has the form of an attribute's name without URN and sub-attribute. */
export function isAttributeName(text: string): boolean {
  return attributeForm.test(text);
}
