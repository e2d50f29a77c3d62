import { groupType, type ResourceType, userType } from '../../lambda/directory/resource-types';
import type { IndexName, StoredResource } from '../../lambda/directory/store';
import { DynamoStore } from '../../lambda/store/dynamo-store';
import type { Tables } from '../../lambda/store/tables';
import { rolesOfUser } from '../../operator/roles/roles-of-user';
import { connect, type DirectoryOptions } from '../connection/tables';
import { typed, typedItems } from '../connection/typed';
import { changesSince } from './changes';
import { findOne } from './find';
import { groupIdsOf, hasMember, type Nesting } from './memberships';
import { toGroup, toMember, toUser } from './resources';
import { snapshotEntries } from './snapshot';
import type { TenantDirectory } from './tenant';
import { type TenantCheck, tenantCheck } from './tenant-check';
import type { Page, PageRequest } from './user';

/** How long a write may take to appear, from the time it has, in milliseconds: a request, the index, and clocks that differ. */
const settleTime = 60_000;

const defaultCount = 100;
const maxCount = 1_000;
const grant = 'grantReadDirectory';

/** The users and groups of a deployment's tenants, to read. */
export interface Directory {
  /**
   * The directory of the tenant with an id. It reads nothing yet: the first call finds out whether there is such a tenant.
   * The types of your own schema extensions are type parameters: of users, then of groups.
   */
  tenant<U extends object = object, G extends object = object>(tenantId: string): TenantDirectory<U, G>;
  /** Closes the connections of a client that `openDirectory` made. A function need not call it. */
  close(): void;
}

/**
 * Opens the directory of a deployment. Call it once, outside of the handler: connections are reused.
 *
 * Without arguments it is the deployment of which the function has `grantReadDirectory`.
 *
 * @throws UnknownDeploymentError if nothing says which deployment it is
 * @throws OtherReleaseError if another release of serverless-scim made the grant
 *
 * @example
 * import { openDirectory } from 'serverless-scim/directory';
 *
 * const directory = openDirectory();
 *
 * export async function handler({ tenantId, userName }: { tenantId: string; userName: string }) {
 *   const user = await directory.tenant(tenantId).users.byUserName(userName);
 *   if (!user?.active) throw new Error('There is no such user, or it is disabled.');
 *   return user;
 * }
 */
export function openDirectory(options: DirectoryOptions = {}): Directory {
  const { tables, close } = connect(options);
  const check = tenantCheck(Date.now);
  return {
    tenant: <U extends object, G extends object>(tenantId: string) =>
      tenantDirectory<U, G>(new TenantReader(tables, check, tenantId)),
    close,
  };
}

/** Reads of one tenant, each at the same time as the check that there is such a tenant. */
class TenantReader {
  constructor(
    private readonly tables: () => Promise<Tables>,
    private readonly check: TenantCheck,
    readonly tenantId: string,
  ) {}

  read<Result>(work: (store: DynamoStore, tables: Tables) => Promise<Result>): Promise<Result> {
    return typed(grant, async () => {
      const tables = await this.tables();
      const [checked, result] = await Promise.allSettled([
        this.check(tables, this.tenantId),
        work(new DynamoStore(tables), tables),
      ]);
      // What is missing of a tenant that does not exist would be a misleading answer.
      if (checked.status === 'rejected') throw checked.reason;
      if (result.status === 'rejected') throw result.reason;
      return result.value;
    });
  }

  iterate<Item>(items: (store: DynamoStore, tables: Tables) => AsyncIterable<Item>): AsyncIterable<Item> {
    const { tables, check, tenantId } = this;
    const checked = async function* () {
      const opened = await tables();
      await check(opened, tenantId);
      yield* items(new DynamoStore(opened), opened);
    };
    return { [Symbol.asyncIterator]: () => typedItems(grant, checked()) };
  }
}

function tenantDirectory<U extends object, G extends object>(reader: TenantReader): TenantDirectory<U, G> {
  const { tenantId } = reader;
  const get = (type: ResourceType, id: string) => reader.read((store) => store.get({ tenantId, type: type.name }, id));
  const find = (type: ResourceType, index: IndexName, value: string) =>
    reader.read((store) => findOne(store, tenantId, type, index, value));
  const list = async ({ name: type }: ResourceType, { after, count = defaultCount }: PageRequest) => {
    if (Number.isNaN(count)) throw new RangeError('count is not a number: use 1 to 1,000.');
    const limit = Math.min(Math.max(1, Math.trunc(count)), maxCount);
    return reader.read((store) => store.page({ tenantId, type }, { after, limit }));
  };
  const user = (stored: StoredResource | undefined) => stored && toUser<U>(stored);
  const group = (stored: StoredResource | undefined) => stored && toGroup<G>(stored);
  const minuteAgo = () => new Date(Date.now() - settleTime).toISOString();

  return {
    users: {
      get: async (id) => user(await get(userType, id)),
      byUserName: async (userName) => user(await find(userType, 'userName', userName)),
      byExternalId: async (externalId) => user(await find(userType, 'externalId', externalId)),
      byEmail: async (email) => user(await find(userType, 'emails', email)),
      list: async (page = {}) => toPage(await list(userType, page), toUser<U>),
    },
    groups: {
      get: async (id) => group(await get(groupType, id)),
      byDisplayName: async (displayName) => group(await find(groupType, 'displayName', displayName)),
      list: async (page = {}) => toPage(await list(groupType, page), toGroup<G>),
      members: (id) =>
        reader.read(async (store) => {
          const [existing, members] = await Promise.all([
            store.existing({ tenantId, type: 'Group' }, [id]),
            store.members(tenantId, [id]),
          ]);
          return existing.has(id) ? (members.get(id) ?? []).map(toMember) : undefined;
        }),
    },
    groupsOf: (userId, nesting: Nesting = {}) =>
      reader.read(async (store) => {
        const [existing, ids] = await Promise.all([
          store.existing({ tenantId, type: 'User' }, [userId]),
          groupIdsOf(store, tenantId, userId, nesting),
        ]);
        if (!existing.has(userId)) return undefined;
        return ids.length === 0 ? [] : (await store.getMany({ tenantId, type: 'Group' }, ids)).map(toGroup<G>);
      }),
    isMember: (groupId, memberId, nesting = {}) =>
      reader.read((store) => hasMember(store, tenantId, groupId, memberId, nesting)),
    rolesOf: (userId) =>
      reader.read(async (store, tables) => (await rolesOfUser({ store, tables }, tenantId, userId)).roles),
    snapshot: () => ({ since: minuteAgo(), ...reader.iterate((_, tables) => snapshotEntries<U, G>(tables, tenantId)) }),
    changedSince: (instant) => {
      const since = toInstant(instant);
      const changes = reader.iterate((store, tables) => changesSince<U, G>(tables, store, tenantId, since, new Date()));
      return { next: minuteAgo(), ...changes };
    },
  };
}

/** An instant as ISO 8601 in UTC. @throws RangeError if it is none */
function toInstant(instant: Date | string): string {
  const date = new Date(instant);
  if (!Number.isNaN(date.getTime())) return date.toISOString();
  throw new RangeError(`${JSON.stringify(instant)} is no instant: use a Date, or text such as 2026-11-27T09:00:00Z.`);
}

function toPage<Item>(
  { resources, total, more }: { readonly resources: readonly StoredResource[]; total: number; more: boolean },
  read: (stored: StoredResource) => Item,
): Page<Item> {
  const last = resources.at(-1);
  return { items: resources.map(read), total, ...(more && last && { next: last.id }) };
}
