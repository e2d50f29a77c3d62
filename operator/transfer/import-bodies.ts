import { groupType, userType } from '../../lambda/directory/resource-types';
import { isObject, type Json } from '../../lambda/scim/json';
import { ScimError } from '../../lambda/scim/message/error';
import { resourceView } from '../../lambda/scim/schema/view';
import type { Tenant } from '../../lambda/tenants/tenant';
import type { DataAccess } from '../connection/open';
import { putBodies, readBody, readExportedBody } from '../store/tombstone-bodies';
import { conform, type ImportedLine } from './import-resource';

/**
 * Adds what is kept of deleted users and groups from an export, until the time that the export says, so that they can be
 * restored in the new tenant too. One result each, in their order. What exists, is kept already or has expired is not
 * added: its line is reported as `same`.
 */
export function importBodies(
  deployment: DataAccess,
  tenant: Pick<Tenant, 'tenantId' | 'profile'>,
  exported: readonly Json[],
): Promise<readonly ImportedLine[]> {
  return Promise.all(exported.map((value) => importBody(deployment, tenant, value)));
}

async function importBody(
  { store, tables, services }: DataAccess,
  { tenantId, profile }: Pick<Tenant, 'tenantId' | 'profile'>,
  exported: Json,
): Promise<ImportedLine> {
  const body = isObject(exported) ? readExportedBody(tenantId, exported) : undefined;
  if (!body) return { leftOut: 'it is not an exported deletion' };
  const { id, type, expires, kept } = body;
  const now = services.clock();
  const [users, groups, known] = await Promise.all([
    store.existing({ tenantId, type: userType.name }, [id]),
    store.existing({ tenantId, type: groupType.name }, [id]),
    readBody(tables, tenantId, id, now),
  ]);
  if (users.has(id) || groups.has(id) || known || expires <= now.getTime()) return 'same';
  try {
    const resource = conform(resourceView(profile, type), kept.stored.resource);
    await putBodies(tables, tenantId, [{ ...body, kept: { ...kept, stored: { ...kept.stored, resource } } }]);
    return 'new';
  } catch (error) {
    if (error instanceof ScimError && error.status < 429) return { leftOut: error.detail };
    throw error;
  }
}
