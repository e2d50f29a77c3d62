import { randomBytes } from 'node:crypto';
import type { Collection } from '../../../lambda/directory/store';
import type { ProfileName } from '../../../lambda/scim/schema/profile';
import { DynamoStore } from '../../../lambda/store/dynamo-store';
import { readDeleted } from '../../../lambda/store/memberships';
import { finishSweep, sweep } from '../../../lambda/store/sweep';
import type { Tables } from '../../../lambda/store/tables';
import { fillBody } from '../../../lambda/store/tombstone-bodies';
import type { Tenant } from '../../../lambda/tenants/tenant';
import type { Deployment } from '../../../operator/connection/open';
import { DynamoTenantStore } from '../../../operator/store/tenant-store';
import { noApiKeys } from '../../../operator/tenants/limits';
import { userBody } from '../../directory/requests';
import { clientOf } from '../../store/client';

const day = 24 * 3600 * 1000;
const profile: ProfileName = 'standard';

/** A deployment over some tables, without activity and secrets. */
export function accessTo(tables: Tables, clock: () => Date = () => new Date()): Deployment {
  const unused = new Proxy({} as Deployment['services']['secrets'], {});
  const services = { tenants: new DynamoTenantStore(tables), secrets: unused, apiKeys: noApiKeys, clock };
  return {
    tables,
    store: new DynamoStore(tables),
    portal: undefined,
    services,
    baseUrl: (tenantId) => `https://scim.example.com/${tenantId}/scim/v2`,
    byHost: undefined,
    activity: undefined,
    identity: () => Promise.resolve(undefined),
    authorizerLog: { group: '', client: {} },
    close: () => undefined,
  };
}

/** A new tenant, which requests reach as they do in a deployment. */
export async function newTenant(tables: Tables) {
  const tenantId = `t${randomBytes(6).toString('hex').slice(0, 11)}`;
  const tenant: Tenant = {
    tenantId,
    label: tenantId,
    profile,
    state: 'enabled',
    created: new Date().toISOString(),
    tokens: new Map(),
    clients: new Map(),
  };
  await new DynamoTenantStore(tables).create(tenant);
  const send = clientOf(tables, tenantId, profile);
  const create = async (path: string, body: object) => String((await send('POST', path, { ...body })).body.id);
  const collection = (type: Collection['type']): Collection => ({ tenantId, type });

  /** Deletes as a request does, and keeps what it deletes as the function `changes` does. */
  const remove = async (type: Collection['type'], id: string): Promise<void> => {
    const stored = await new DynamoStore(tables).get(collection(type), id);
    if (!stored) throw new Error(`${id} is not there.`);
    await send('DELETE', `/${type}s/${id}`);
    await sweep(tables, collection(type), id, (leftovers) =>
      fillBody(tables, collection(type), stored, leftovers, Date.now() + 30 * day),
    );
  };
  /** Lets the last sweep run, a minute later. */
  const settle = async (): Promise<void> => {
    for (const id of await readDeleted(tables, tenantId)) await finishSweep(tables, collection('Group'), id);
  };
  return {
    tenant,
    send,
    remove,
    settle,
    user: (name: string, more = {}) => create('/Users', userBody(name, more)),
    group: (displayName: string, members: readonly object[] = []) => create('/Groups', { displayName, members }),
    async gone(type: Collection['type'], id: string): Promise<string> {
      await remove(type, id);
      await settle();
      return id;
    },
    async membersOf(id: string): Promise<readonly string[]> {
      const { members = [] } = (await send('GET', `/Groups/${id}`)).body as { members?: { value: string }[] };
      return members.map(({ value }) => value).sort();
    },
    async groupsOf(id: string): Promise<readonly string[]> {
      const { groups = [] } = (await send('GET', `/Users/${id}`)).body as { groups?: { value: string }[] };
      return groups.map(({ value }) => value).sort();
    },
  };
}
