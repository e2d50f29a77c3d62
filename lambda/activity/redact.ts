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
  const path = entries.find(([name]) => name.toLowerCase() === 'path')?.[1];
  // The value of an operation of a PATCH belongs to the attribute of its path.
  const isOfUnknown =
    typeof path === 'string' && !path.startsWith('/') && !isKnown(names, path.replace(/\[[^\]]*\]/g, ''));
  return Object.fromEntries(
    entries.map(([name, value]) => {
      const keeps = isKnown(names, name) && !(isOfUnknown && name.toLowerCase() === 'value');
      return [name, keeps ? redactValue(names, value) : leftOut];
    }),
  );
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
