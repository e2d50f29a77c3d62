import type { ActivityRow } from '../../lambda/activity/row';
import type { StoredResource } from '../../lambda/directory/store';
import { isArray, isObject } from '../../lambda/scim/json';
import type { Resource } from '../../lambda/scim/resource/resource';
import type { ResourceTypeName } from '../../lambda/scim/schema/profile';
import type { Attention } from '../../operator/activity/attention';
import { actorOf, describeRow } from '../../operator/activity/describe';
import { nameOf } from '../../operator/directory/identity';
import type { ActivityEntry } from '../../web/api/console/activity';
import type { ResourceRow } from '../../web/api/console/directory';
import type { ApiRemedy } from '../../web/api/error';
import { adviceInPage, inPage } from '../remedies';

/** A row of activity as lists show it. */
export function entryOf(row: ActivityRow): ActivityEntry {
  const { rowId: id, time, kind, sentence, status, resource, request, personal } = describeRow(row);
  const name = personal?.name;
  return {
    id,
    time,
    kind,
    sentence,
    actor: actorOf(row),
    ...(status !== undefined && { status }),
    ...(resource && { resource: { ...resource, ...(name !== undefined && { name }) } }),
    ...(row.remedy && { remedy: adviceInPage(row.remedy, row.tenantId) }),
    ...(request !== undefined && { request }),
  };
}

/** A user or group as lists show it. */
export function resourceRow(type: ResourceTypeName, { id, resource, modified }: StoredResource): ResourceRow {
  const { displayName, externalId, active } = resource;
  const email = emailOf(resource);
  return {
    id,
    type,
    name: nameOf(type, resource) ?? id,
    ...(type === 'User' && typeof displayName === 'string' && { displayName }),
    ...(email !== undefined && { email }),
    ...(typeof externalId === 'string' && { externalId }),
    ...(type === 'User' && { active: active !== false }),
    modified,
  };
}

/** The primary email, or the first one. */
function emailOf({ emails }: Resource): string | undefined {
  const all = isArray(emails) ? emails.filter(isObject) : [];
  const value = (all.find(({ primary }) => primary === true) ?? all[0])?.value;
  return typeof value === 'string' ? value : undefined;
}

/** What to do about something, in the page. */
export function remedyIn({ remedy, advice }: Pick<Attention, 'remedy' | 'advice'>): { readonly remedy?: ApiRemedy } {
  if (remedy) return { remedy: inPage(remedy) };
  if (!advice?.do) return {};
  return { remedy: { text: advice.do, ...(advice.docs !== undefined && { docs: advice.docs }) } };
}
