import type { Collection, IndexEntry, Store } from '../../lambda/directory/store';
import type { ResourceTypeName } from '../../lambda/scim/schema/profile';
import { inParallel } from '../../lambda/store/tables';
import type { TombstoneBody } from '../../lambda/store/tombstone-bodies';
import type { Tenant } from '../../lambda/tenants/tenant';
import type { DataAccess } from '../connection/open';
import { listBodies } from '../store/tombstone-bodies';
import { hasWordsOf } from '../text/words';
import { identifyingEntries, nameOf, namesIn, typesByName } from './identity';

/** A deleted user or group that is still kept. */
export interface DeletedResource {
  readonly id: string;
  readonly type: ResourceTypeName;
  /** Its userName or displayName. */
  readonly name?: string;
  readonly externalId?: string;
  /** When it was deleted, and until when it is kept, as ISO 8601 in UTC. */
  readonly deleted: string;
  readonly keptUntil: string;
  /** The label or the id of the credential, or the operator's command. */
  readonly by: string;
  /** Whether it is kept whole, to be restored: false for seconds after the deletion, and if resources are not kept. */
  readonly restorable: boolean;
  /** Those that exist with the same name or externalId: probably the same one, created again. */
  readonly thereNow: readonly { readonly id: string; readonly same: readonly string[] }[];
}

/** Which of them to list. */
export interface DeletedFilter {
  readonly since?: Date;
  readonly type?: ResourceTypeName | undefined;
  /** Only those of which this is a part of the name, an email or the externalId, in any letter case, or the id. */
  readonly text?: string;
  /** The most to list; all are counted. */
  readonly count: number;
}

/** The most that are shown with one value, where it need not be unique. */
const mostPresent = 10;

/** The deleted users and groups of a tenant that are kept, the last deleted first, and how many there are. */
export async function listDeleted(
  deployment: DataAccess,
  tenant: Tenant,
  { since, type, text, count }: DeletedFilter,
): Promise<{ readonly found: readonly DeletedResource[]; readonly total: number }> {
  const { tables, services } = deployment;
  const fitting: Row[] = [];
  for await (const body of listBodies(tables, tenant.tenantId, services.clock())) {
    const isFitting = (!type || body.type === type) && (!since || Date.parse(body.deleted) >= since.getTime());
    if (isFitting && (text === undefined || isNamed(body, text))) fitting.push(toRow(tenant, body));
  }
  const latest = fitting.sort((a, b) => (a.deleted < b.deleted ? 1 : -1)).slice(0, count);
  const found = await inParallel(latest, async ({ entries, ...row }) => ({
    ...row,
    thereNow: await findPresent(deployment.store, { tenantId: tenant.tenantId, type: row.type }, row.id, entries),
  }));
  return { found, total: fitting.length };
}

/** What the list needs of a body: there can be many, and large ones. */
interface Row extends Omit<DeletedResource, 'thereNow'> {
  readonly entries: readonly IndexEntry[];
}

function toRow(tenant: Tenant, { id, type, deleted, expires, by, kept }: TombstoneBody): Row {
  const { resource = {} } = kept?.stored ?? {};
  const { externalId } = resource;
  const name = nameOf(type, resource);
  return {
    id,
    type,
    ...(name !== undefined && { name }),
    ...(typeof externalId === 'string' && { externalId }),
    deleted,
    keptUntil: new Date(expires).toISOString(),
    by: by.action ?? by.label ?? by.credential ?? '-',
    restorable: kept !== undefined,
    entries: identifyingEntries(tenant, typesByName[type], resource),
  };
}

function isNamed({ id, type, kept }: TombstoneBody, text: string): boolean {
  const { resource = {} } = kept?.stored ?? {};
  const names = [...namesIn(type, resource), nameOf(type, resource), resource.externalId, resource.displayName];
  const fits = hasWordsOf(text);
  return id === text || names.some((name) => typeof name === 'string' && fits(name));
}

/** Those that exist with one of the values, or with the id: an import can bring that back. */
async function findPresent(
  store: Store,
  collection: Collection,
  id: string,
  entries: readonly IndexEntry[],
): Promise<DeletedResource['thereNow']> {
  const [itself, ...others] = await Promise.all([
    store.existing(collection, [id]),
    ...entries.map(({ index, key }) => store.find(collection, index, key, mostPresent)),
  ]);
  const same = new Map<string, string[]>([...itself].map((each) => [each, ['id']]));
  for (const [at, ids] of others.entries()) {
    for (const each of ids) same.set(each, [...(same.get(each) ?? []), entries[at]?.index ?? '']);
  }
  return [...same].map(([each, values]) => ({ id: each, same: values }));
}
