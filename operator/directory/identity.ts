import { indexEntries } from '../../lambda/directory/index-entries';
import { groupType, type ResourceType, userType } from '../../lambda/directory/resource-types';
import type { IndexEntry, IndexName } from '../../lambda/directory/store';
import { isObject } from '../../lambda/scim/json';
import type { Resource } from '../../lambda/scim/resource/resource';
import type { ResourceTypeName } from '../../lambda/scim/schema/profile';
import { resourceView } from '../../lambda/scim/schema/view';
import type { Tenant } from '../../lambda/tenants/tenant';

/** The types of resources by their names. */
export const typesByName: Readonly<Record<ResourceTypeName, ResourceType>> = { User: userType, Group: groupType };

/** The attribute by which people name a resource. */
export const nameAttributes: Readonly<Record<ResourceTypeName, 'userName' | 'displayName'>> = {
  User: 'userName',
  Group: 'displayName',
};

/** The indexes by which the same user or group is found again: an email can be another person's. */
const identifying: ReadonlySet<IndexName> = new Set(['userName', 'displayName', 'externalId']);

/** The entries by which a user or group that was created again is found: those of its name and its externalId. */
export function identifyingEntries(
  { profile }: Pick<Tenant, 'profile'>,
  type: ResourceType,
  resource: Resource,
): readonly IndexEntry[] {
  const entries = indexEntries(type, resourceView(profile, type.name), resource);
  return entries.filter(({ index }) => identifying.has(index));
}

/** The userName of a user, or the displayName of a group, if it has one. */
export function nameOf(type: ResourceTypeName, resource: Resource): string | undefined {
  const name = resource[nameAttributes[type]];
  return typeof name === 'string' ? name : undefined;
}

/** An externalId that is shorter could be any number in a text. */
const shortestExternalId = 8;

/** What names a user or group in texts: its name, its full name, its emails, its externalId. */
export function namesIn(
  type: ResourceTypeName,
  { displayName, emails, externalId, ...rest }: Resource,
): readonly string[] {
  const values = Array.isArray(emails) ? emails.flatMap((email) => (isObject(email) ? [email.value] : [])) : [];
  const isFull = typeof displayName === 'string' && (type === 'Group' || displayName.includes(' '));
  const isLong = typeof externalId === 'string' && externalId.length >= shortestExternalId;
  const names = [rest.userName, ...(isFull ? [displayName] : []), ...values, ...(isLong ? [externalId] : [])];
  return names.filter((name) => typeof name === 'string');
}
