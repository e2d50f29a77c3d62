import type { RoleMapping } from '../../operator/roles/mapping';
import { readMapping } from '../../operator/roles/read-mapping';
import { rolesSet, setRoleMapping } from '../../operator/roles/tenant-mapping';
import { deleteTenantRoles, readTenantRoles } from '../../operator/store/role-mapping';
import type { Session } from './session';

/** A mapping to set: `match` is `all` and `default` has no roles where it does not say. */
export type NewRoleMapping = Pick<RoleMapping, 'rules'> & Partial<RoleMapping>;

/**
 * The mapping of a tenant's groups to roles of the application (`docs/roles.md`). `rolesOf` of `serverless-scim/directory`
 * evaluates it.
 */
export interface Roles {
  /**
   * Reads the mapping, strongly consistent.
   *
   * @returns undefined if there is none: nobody has roles then
   * @throws UnknownTenantError if there is no such tenant
   */
  get(tenantId: string): Promise<RoleMapping | undefined>;
  /**
   * Sets the mapping, in place of the one before. It applies to the next `rolesOf`.
   *
   * @throws UnknownTenantError if there is no such tenant
   * @throws RefusedError if the mapping is not valid: the message names the place, such as `rules[2].roles`
   *
   * @example
   * import { openTenants } from 'serverless-scim/tenants';
   *
   * const tenants = openTenants();
   *
   * export const handler = ({ tenantId }: { tenantId: string }) =>
   *   tenants.roles.set(tenantId, {
   *     rules: [
   *       { displayName: 'Engineering', roles: ['developer'] },
   *       { pattern: 'app-*-admins', roles: ['admin'] },
   *     ],
   *     default: ['viewer'],
   *   });
   */
  set(tenantId: string, mapping: NewRoleMapping): Promise<void>;
  /**
   * Removes the mapping: nobody has roles then. Does nothing if there is none.
   *
   * @throws UnknownTenantError if there is no such tenant
   */
  clear(tenantId: string): Promise<void>;
}

/** The operations on the mapping of groups to roles. @internal */
export function rolesOf(session: Session): Roles {
  return {
    get: (tenantId) => session.of(tenantId, async ({ tables }) => (await readTenantRoles(tables, tenantId))?.mapping),
    set: (tenantId, given) =>
      session.change(tenantId, async (deployment, tenant) => {
        // As it would come from a file: what is undefined is absent.
        const mapping = readMapping(JSON.parse(JSON.stringify(given) ?? 'null'));
        await setRoleMapping(deployment, tenant, mapping);
        return [rolesSet(mapping), undefined];
      }),
    clear: (tenantId) =>
      session.of(tenantId, async (deployment) => {
        const cleared = await deleteTenantRoles(deployment.tables, tenantId);
        if (cleared) await session.record(deployment, tenantId, { action: 'rolesCleared' });
      }),
  };
}
