import type { ResourceType } from '../../lambda/directory/resource-types';
import { isArray, isObject, type JsonObject } from '../../lambda/scim/json';
import { resourceView } from '../../lambda/scim/schema/view';
import { setUserActive } from '../../operator/actions/set-active';
import { readPage } from '../../operator/activity/page';
import { findSubject } from '../../operator/activity/subject';
import { changedHere, identityProviderOf } from '../../operator/directory/changed-here';
import { listMemberPage } from '../../operator/directory/group-members';
import { nameGroups } from '../../operator/directory/group-names';
import { typesByName } from '../../operator/directory/identity';
import { locateResource } from '../../operator/directory/locate';
import { openDirectory } from '../../operator/directory/read';
import { withSweeping } from '../../operator/directory/sweeping';
import { OperatorError } from '../../operator/error';
import type { DirectoryCalls } from '../../web/api/console/directory';
import { type Handlers, ofTenant, type TenantContext } from '../call';
import { flag, oneOf, text } from '../input';
import { entryOf, remedyIn, resourceRow } from './rows';

/** How many users, groups or members a page has, and how many rows of activity one of them shows. */
const pageSize = 50;
const shownRows = 20;

export const typeName = oneOf(['User', 'Group']);

type Calls = 'resources.list' | 'resources.find' | 'resources.get' | 'groups.members' | 'users.setActive';

/** Calls about users and groups. */
export const directoryCalls: Handlers<Pick<DirectoryCalls, Calls>> = {
  'resources.list': ofTenant({ type: typeName }, { cursor: text() }, async (context, { type, cursor }) => {
    const { deployment, tenant } = context;
    const range = { after: cursor, limit: pageSize };
    const { resources, total, more } = await deployment.store.page({ tenantId: tenant.tenantId, type }, range);
    const last = resources.at(-1);
    return {
      resources: resources.map((stored) => resourceRow(type, stored)),
      total,
      ...(more && last && { next: last.id }),
    };
  }),

  'resources.find': ofTenant({ type: typeName, text: text() }, {}, async (context, { type, text: wanted }) => {
    const { deployment, tenant } = context;
    const { answer, found, similar, failures, deleted } = await locateResource(
      deployment,
      tenant,
      typesByName[type],
      wanted,
    );
    return {
      answer: { code: answer.code, sentence: answer.message, ...remedyIn(answer) },
      found: found.map((stored) => resourceRow(type, stored)),
      similar: similar.found.map((stored) => resourceRow(type, stored)),
      ...(similar.tooMany && {
        similarNote:
          'Similar names were not looked for: the directory is too large. Search for the whole name or email.',
      }),
      failures: failures.map(entryOf),
      deleted: await withSweeping(deployment, tenant.tenantId, deleted),
    };
  }),

  'resources.get': ofTenant({ type: typeName, id: text(64) }, {}, async (context, { type, id }) => {
    const { tenant, deployment } = context;
    const collection = { tenantId: tenant.tenantId, type };
    const [attributes, stored, changed, activity] = await Promise.all([
      attributesOf(context, typesByName[type], id),
      deployment.store.get(collection, id),
      changedHere(deployment, collection, id),
      activityOf(context, typesByName[type], id),
    ]);
    if (!stored) throw new OperatorError(`${type} ${id} was deleted in the meantime.`);
    const identityProvider = identityProviderOf(tenant, deployment.services.clock());
    return {
      ...resourceRow(type, stored),
      attributes,
      groups: groupsIn(attributes),
      ...(changed && { changedHere: { ...changed, identityProvider } }),
      ...activity,
    };
  }),

  'groups.members': ofTenant({ id: text(64) }, { cursor: text() }, async ({ deployment, tenant }, { id, cursor }) => {
    const { members, total, next } = await listMemberPage(deployment, tenant.tenantId, id, {
      after: cursor,
      count: pageSize,
    });
    return {
      members: members.map(({ value, type, name }) => ({ id: value, type, name })),
      total,
      ...(next !== undefined && { next }),
    };
  }),

  'users.setActive': ofTenant({ id: text(64), active: flag }, {}, async ({ deployment, tenant }, { id, active }) => {
    const { sentence, notes } = await setUserActive(deployment, tenant.tenantId, id, active);
    return { notes: [sentence, ...notes] };
  }),
};

/** A user or group as SCIM shows it, without members. */
async function attributesOf(
  { deployment, tenant }: TenantContext,
  type: ResourceType,
  id: string,
): Promise<JsonObject> {
  const { find } = await openDirectory(deployment, tenant.tenantId);
  if (type.name === 'Group') return find(type, id, { excludedAttributes: 'members' });
  // A profile may return groups on request only.
  const { attributes } = resourceView(tenant.profile, type.name);
  const names = [...attributes.values()].map((attribute) => attribute.name);
  return nameGroups(deployment, tenant.tenantId, await find(type, id, { attributes: names.join(',') }));
}

async function activityOf({ deployment, tenant }: TenantContext, type: ResourceType, id: string) {
  if (!deployment.activity) return { activity: [], moreActivity: false };
  const open = { deployment, table: deployment.activity, tenant };
  const { rows, next } = await readPage(open, { subject: await findSubject(open, type, id) }, shownRows);
  return { activity: rows.map(entryOf), moreActivity: next !== undefined };
}

function groupsIn({ groups }: JsonObject) {
  const all = isArray(groups) ? groups.filter(isObject) : [];
  return all.map(({ value, display }) => ({
    id: String(value),
    ...(typeof display === 'string' && { name: display }),
  }));
}
