import { isId } from '../../lambda/directory/id';
import { indexEntries } from '../../lambda/directory/index-entries';
import type { Note } from '../../lambda/directory/note';
import type { ResourceType } from '../../lambda/directory/resource-types';
import type { StoredResource } from '../../lambda/directory/store';
import { isObject, type Json } from '../../lambda/scim/json';
import { ScimError } from '../../lambda/scim/message/error';
import { sameJson } from '../../lambda/scim/resource/equal';
import { normaliseResource } from '../../lambda/scim/resource/normalise';
import type { Resource } from '../../lambda/scim/resource/resource';
import { validateResource } from '../../lambda/scim/resource/validate';
import { attributeSteps } from '../../lambda/scim/schema/attribute-path';
import { type ResourceView, resourceView } from '../../lambda/scim/schema/view';
import { isMarked } from '../../lambda/store/marks';
import type { Tenant } from '../../lambda/tenants/tenant';
import type { DataAccess } from '../connection/open';

/**
 * Result of a line: `new`, `reduced` (new, without attributes that the tenant's profile does not store), `same` (exists
 * already), or the reason why it was left out.
 */
export type ImportedLine = 'new' | 'reduced' | 'same' | { readonly leftOut: string };

/**
 * Adds an exported resource to a tenant with its id, version and times, if it is valid in the tenant's profile and does
 * not conflict. Existing resources are never changed. A resource that was deleted a moment ago is not added before
 * its memberships are swept, because the sweep would delete the new ones too.
 */
export async function importResource(
  { store, tables }: DataAccess,
  { tenantId, profile }: Tenant,
  type: ResourceType,
  exported: Json,
  by: Note,
): Promise<ImportedLine> {
  const sent = readExported(exported);
  if (!sent) return { leftOut: `it is not an exported ${type.name}` };
  const collection = { tenantId, type: type.name };
  const view = resourceView(profile, type.name);
  try {
    const resource = conform(view, sent.resource);
    const existing = await store.get(collection, sent.id);
    if (existing) return sameJson(existing.resource, resource) ? 'same' : { leftOut: differs(type, sent.id) };
    // After the read above: a deletion puts its mark together with what it deletes.
    if (await isMarked(tables, collection, sent.id)) return { leftOut: justDeleted(type, sent.id) };
    const stored = { ...sent, resource, by };
    await store.create(collection, { stored, entries: indexEntries(type, view, resource) });
    return sameJson(resource, sent.resource) ? 'new' : 'reduced';
  } catch (error) {
    if (error instanceof ScimError && error.status < 429) return { leftOut: error.detail };
    throw error;
  }
}

/** A resource as a profile stores it. @throws ScimError 400 if it is not valid there */
export function conform(view: ResourceView, resource: Resource): Resource {
  const known = normaliseResource(view, resource);
  validateResource(view, known);
  return { ...unknownExtensions(view, resource), ...known };
}

/** Attributes of the deployment's schema extensions. The functions have them; this program may not. */
export function unknownExtensions(view: ResourceView, resource: Resource): Resource {
  return Object.fromEntries(
    Object.entries(resource).filter(([name]) => name.startsWith('urn:') && attributeSteps(view, name) === undefined),
  );
}

const justDeleted = (type: ResourceType, id: string) =>
  `${type.name} ${id} was just deleted; import again in two minutes`;

const differs = (type: ResourceType, id: string) => `${type.name} ${id} exists and is different; it was not changed`;

function readExported(value: Json): StoredResource | undefined {
  if (!isObject(value)) return undefined;
  const { id, version, created, modified, resource } = value;
  const whole =
    typeof id === 'string' &&
    isId(id) &&
    Number.isSafeInteger(version) &&
    isInstant(created) &&
    isInstant(modified) &&
    isObject(resource);
  return whole ? { id, version: Number(version), created, modified, resource } : undefined;
}

function isInstant(value: Json | undefined): value is string {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value)) && new Date(value).toISOString() === value;
}
