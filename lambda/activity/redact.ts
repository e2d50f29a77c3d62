import { isArray, isObject, type Json, type JsonObject } from '../scim/json';
import type { Attribute, AttributeMap } from '../scim/schema/attribute';
import { attributeSteps } from '../scim/schema/attribute-path';
import type { ProfileName } from '../scim/schema/profile';
import { type ResourceView, resourceView } from '../scim/schema/view';

/** The most bytes of a body that are kept. */
const mostBytes = 32 * 1024;

/** What stands for a value that may be a secret. */
const leftOut = '(left out)';

/** The members of SCIM's messages, in lower case; their values are messages or attributes again. */
const messageNames: ReadonlySet<string> = new Set(
  (
    'schemas operations op path value method bulkid version data location status response failonerrors resources ' +
    'totalresults itemsperpage startindex nextcursor previouscursor cursor detail scimtype exceptionrequestid timestamp ' +
    'attributes excludedattributes filter sortby sortorder count id externalid meta'
  ).split(' '),
);

/** What a credential of this or another service looks like, wherever it stands. */
const credentials = /\b(?:s[a-z]{2}_[a-z0-9]{12}_\S+|bearer\s+\S+|ey[\w-]{10,}\.[\w-]+\.[\w-]+)/gi;

/**
 * A body as it may be kept: as JSON of at most 32 KB. Only attributes of the schemas keep their values, and no password:
 * what a schema does not know could be a secret. What looks like a credential is left out everywhere.
 */
export function redacted(profile: ProfileName, body: Json): string {
  const views = (['User', 'Group'] as const).map((type) => resourceView(profile, type));
  const known = new Set(views.flatMap(({ attributes }) => namesIn(attributes)));
  const text = JSON.stringify(redactValue({ views, known }, body));
  return Buffer.byteLength(text) > mostBytes ? `${cut(text)}… (cut at 32 KB)` : text;
}

interface Names {
  readonly views: readonly ResourceView[];
  /** The names of attributes and sub-attributes, in lower case. */
  readonly known: ReadonlySet<string>;
}

function namesIn(attributes: AttributeMap): readonly string[] {
  return [...attributes.values()].flatMap((attribute) =>
    isSecret(attribute) ? [] : [attribute.name.toLowerCase(), ...namesIn(attribute.subAttributes)],
  );
}

function isSecret({ name, returned }: Attribute): boolean {
  return returned === 'never' || name.toLowerCase() === 'password';
}

function redactValue(names: Names, value: Json): Json {
  if (typeof value === 'string') return value.replace(credentials, leftOut);
  if (isArray(value)) return value.map((element) => redactValue(names, element));
  return isObject(value) ? redactObject(names, value) : value;
}

function redactObject(names: Names, object: JsonObject): JsonObject {
  const entries = Object.entries(object);
  // The value of an operation of a PATCH belongs to the attribute of its path, whatever form the client gave that.
  const isOfUnknown = entries.some(([name, value]) => name.toLowerCase() === 'path' && !isKnownPath(names, value));
  return Object.fromEntries(
    entries.map(([name, value]) => {
      const lower = name.toLowerCase();
      const keeps = isKnown(names, name) && !(isOfUnknown && lower === 'value') && !comparesSecret(lower, value);
      return [name.replace(credentials, leftOut), keeps ? redactValue(names, value) : leftOut];
    }),
  );
}

function isKnownPath(names: Names, path: Json): boolean {
  return typeof path === 'string' && isKnown(names, path.replace(/\[[^\]]*\]/g, ''));
}

/** Whether it is a filter, or a path with one, that has the value of a password. */
function comparesSecret(name: string, value: Json): boolean {
  return ['path', 'filter'].includes(name) && typeof value === 'string' && /password.*\s/is.test(value);
}

function isKnown({ views, known }: Names, name: string): boolean {
  const lower = name.toLowerCase();
  if (known.has(lower) || messageNames.has(lower)) return true;
  return views.some((view) => {
    const steps = attributeSteps(view, name);
    return steps !== undefined && !steps.some(isSecret);
  });
}

/** The beginning of a text that is too long, whole characters only. */
function cut(text: string): string {
  return Buffer.from(text).subarray(0, mostBytes).toString('utf8').replace(/�$/, '');
}
