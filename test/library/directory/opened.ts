import { randomBytes } from 'node:crypto';
import type { ProfileName } from '../../../lambda/scim/schema/profile';
import { type Directory, openDirectory } from '../../../library/directory';
import { DynamoTenantStore } from '../../../operator/store/tenant-store';
import { clientOf } from '../../store/client';
import { type OpenTables, openTables } from '../../store/open-tables';

/** Tables on a real engine, with the library open on them. */
export interface Opened {
  readonly open: OpenTables;
  readonly directory: Directory;
  /** Creates a tenant. Returns its id, and what sends SCIM requests to it. */
  createTenant(profile?: ProfileName): Promise<{ tenantId: string; send: ReturnType<typeof clientOf> }>;
  close(): Promise<void>;
}

export async function openLibrary(): Promise<Opened> {
  const open = await openTables();
  return {
    open,
    directory: openDirectory({ tables: open.tables, client: open.client }),
    async createTenant(profile = 'identity-center') {
      const tenantId = randomBytes(6).toString('hex');
      await addTenant(open, tenantId, profile);
      return { tenantId, send: clientOf(open.tables, tenantId, profile) };
    },
    close: () => open.close(),
  };
}

/** Adds a tenant without credentials. */
async function addTenant({ tables }: OpenTables, tenantId: string, profile: ProfileName): Promise<void> {
  const created = new Date().toISOString();
  const tenant = { tenantId, label: tenantId, profile, state: 'enabled' as const, created };
  await new DynamoTenantStore(tables).create({ ...tenant, tokens: new Map(), clients: new Map() });
}
