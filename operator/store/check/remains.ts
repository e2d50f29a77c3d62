import { batchWrite } from '../../../lambda/store/batches';
import { type DirectoryKey, type MembershipKey, tenantKey } from '../../../lambda/store/keys';
import { getItem, type Tables } from '../../../lambda/store/tables';
import type { Difference } from './difference';

/** Items that seem to be left of a tenant that does not exist. */
export interface Remains {
  readonly tenantId: string;
  readonly directory: readonly DirectoryKey[];
  readonly memberships: readonly MembershipKey[];
}

/** Collects items of tenants that do not exist. */
export class RemainsByTenant {
  private readonly found = new Map<string, { directory: DirectoryKey[]; memberships: MembershipKey[] }>();

  addItem(tenantId: string, key: DirectoryKey): void {
    this.of(tenantId).directory.push(key);
  }

  addMembership(tenantId: string, key: MembershipKey): void {
    this.of(tenantId).memberships.push(key);
  }

  get all(): readonly Remains[] {
    return [...this.found].map(([tenantId, keys]) => ({ tenantId, ...keys }));
  }

  private of(tenantId: string) {
    const keys = this.found.get(tenantId) ?? { directory: [], memberships: [] };
    this.found.set(tenantId, keys);
    return keys;
  }
}

/** Checks again whether the tenant exists: it may have been created meanwhile. Ids are never reused. */
export async function judgeRemains(
  tables: Tables,
  { tenantId, directory, memberships }: Remains,
): Promise<Difference | undefined> {
  if (await getItem(tables, tables.directory, tenantKey(tenantId))) return undefined;
  return {
    tenantId,
    problem: 'items of no tenant',
    detail: `${directory.length + memberships.length} items`,
    repair: async () => {
      await batchWrite(
        tables,
        tables.memberships,
        memberships.map((key) => ({ delete: key })),
      );
      await batchWrite(
        tables,
        tables.directory,
        directory.map((key) => ({ delete: key })),
      );
      return true;
    },
  };
}
