import type { Attribute } from './attribute';

/**
 * What clients write for the core schema of a resource type: older drafts' URNs, some without the resource type.
 * OneLogin's template has `urn:scim:schemas:core:1.0` and `2.0`.
 */
const coreAliases: readonly string[] = [
  'urn:scim:schemas:core:1.0',
  'urn:scim:schemas:core:2.0',
  'urn:ietf:params:scim:schemas:core:2.0',
];

/** What clients write for an extension, by its lower-case URN; the last one is from Microsoft's own sample. */
const extensionAliases: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:user',
    [
      'urn:scim:schemas:extension:enterprise:1.0',
      'urn:scim:schemas:extension:enterprise:2.0',
      'urn:scim:schemas:extension:enterprise:1.0:user',
      'urn:scim:schemas:extension:enterprise:2.0:user',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0user',
    ],
  ],
]);

/**
 * Schema URNs in lower case, aliases included, each with the attributes that lead to what it qualifies: none for the
 * core schema, the extension's own for an extension (RFC 7644 §3.10). Longer URNs come first: one may begin another.
 */
export type Urns = ReadonlyMap<string, readonly Attribute[]>;

/** Every URN that means one of a resource type's schemas. */
export function urnsOf(core: string, extensions: readonly Attribute[]): Urns {
  const type = core.slice(core.lastIndexOf(':'));
  const found = new Map<string, readonly Attribute[]>();
  for (const alias of coreAliases) {
    found.set(alias, []).set(`${alias}${type}`.toLowerCase(), []);
  }
  found.set(core.toLowerCase(), []);
  for (const extension of extensions) {
    const urn = extension.name.toLowerCase();
    for (const name of [urn, ...(extensionAliases.get(urn) ?? [])]) {
      found.set(name, [extension]);
    }
  }
  return new Map([...found].sort(([a], [b]) => b.length - a.length));
}
