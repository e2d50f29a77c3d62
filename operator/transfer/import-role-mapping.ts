import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../../lambda/scim/json';
import type { Tenant } from '../../lambda/tenants/tenant';
import type { DataAccess } from '../connection/open';
import { OperatorError } from '../error';
import { readMapping } from '../roles/read-mapping';
import { rolesOfTenant } from '../roles/tenant-mapping';
import { putTenantRoles, readTenantRoles } from '../store/role-mapping';
import type { ImportedLine } from './import-resource';

/** Gives a tenant the mapping of groups to roles from an export. A tenant that has another one keeps it. */
export async function importRoleMapping(
  { tables }: Pick<DataAccess, 'tables'>,
  tenant: Pick<Tenant, 'tenantId' | 'profile'>,
  exported: Json,
): Promise<ImportedLine> {
  const present = await readTenantRoles(tables, tenant.tenantId);
  try {
    const mapping = readMapping(exported);
    if (present) {
      const isSame = isDeepStrictEqual(present.mapping, mapping);
      return isSame ? 'same' : { leftOut: 'the tenant has another mapping of groups to roles' };
    }
    return (await putTenantRoles(tables, tenant.tenantId, rolesOfTenant(tenant, mapping)))
      ? 'new'
      : { leftOut: 'the tenant is deleted' };
  } catch (error) {
    if (error instanceof OperatorError) return { leftOut: error.message };
    throw error;
  }
}
