import { isId } from '../../../lambda/directory/id';
import type { Collection } from '../../../lambda/directory/store';
import { toHourCount } from '../../../lambda/store/hour-counts';
import { type Item, isPresentFormat, toStoredResource } from '../../../lambda/store/items';
import {
  countPartition,
  credentialUsePartition,
  type DirectoryKey,
  deletionPartition,
  entryKey,
  hourCountPartition,
  invitationPartition,
  keyTenant,
  type MembershipKey,
  membershipRef,
  parseEntryPartition,
  parseMembershipKey,
  parseResourceKey,
  portalEventPartition,
  portalSessionPartition,
  portalSetupKey,
  roleMappingKey,
  tenantLabelPrefix,
  tenantStateKey,
  tombstoneBodyPartition,
  tombstonePartition,
} from '../../../lambda/store/keys';
import { toPortalEvent } from '../../../lambda/store/portal-events';
import type { Tables } from '../../../lambda/store/tables';
import { toTombstoneBody } from '../../../lambda/store/tombstone-bodies';
import { type Tombstone, toTombstone } from '../../../lambda/store/tombstones';
import { toInvitation } from '../invitations';
import { toPortalSession } from '../portal-sessions';
import { toPortalSetup } from '../portal-setup';
import { toTenantRoles } from '../role-mapping';
import { CountMatch, type CountRow } from './counts';
import type { EntriesOf } from './difference';
import { type Entry, EntryMatch } from './entries';
import { isOverdue } from './marks';
import { keyOf, readable } from './read';
import { type Remains, RemainsByTenant } from './remains';
import { scan } from './scan';
import { isLeftOver } from './tombstones';

/** Which tenants to check, and which entries their resources need. */
export interface Subject {
  readonly tenantIds: ReadonlySet<string>;
  /** Whether these are all tenants. If so, items of any other tenant are left of a deleted one. */
  readonly areAll: boolean;
  readonly entriesOf: EntriesOf;
  readonly now: Date;
}

/** The suspects that a pass over both tables found; on a busy day most of them have merely changed since. */
export interface Suspects {
  readonly remains: readonly Remains[];
  readonly unreadable: readonly (DirectoryKey | MembershipKey)[];
  readonly leftover: readonly Entry[];
  readonly missing: readonly Entry[];
  readonly counts: readonly CountRow[];
  readonly marks: readonly DirectoryKey[];
  readonly tombstones: readonly DirectoryKey[];
  readonly memberships: readonly MembershipKey[];
}

/** Reads both tables once, the memberships last. Keeps only ids of items that match. */
export async function survey(tables: Tables, subject: Subject, onPage: (examined: number) => void): Promise<Suspects> {
  const [only] = subject.tenantIds.size === 1 && !subject.areAll ? subject.tenantIds : [];
  const seen = new Survey(subject);
  const { directory, memberships } = tables;
  await scan(tables, { table: directory, key: 'pk', tenantId: only }, (item) => seen.item(item), onPage);
  await scan(tables, { table: memberships, key: 'group', tenantId: only }, (item) => seen.membership(item), onPage);
  return seen.suspects;
}

class Survey {
  private readonly remains = new RemainsByTenant();
  private readonly entries = new EntryMatch();
  private readonly counts = new CountMatch();
  private readonly refs = { User: new Set<string>(), Group: new Set<string>(), marked: new Set<string>() };
  private readonly unreadable: (DirectoryKey | MembershipKey)[] = [];
  private readonly marks: DirectoryKey[] = [];
  private readonly tombstones: DirectoryKey[] = [];
  private readonly memberships: MembershipKey[] = [];

  constructor(private readonly subject: Subject) {}

  get suspects(): Suspects {
    const { unreadable, marks, tombstones, memberships, entries, counts } = this;
    const { leftover, missing } = entries;
    const remains = this.remains.all;
    return { remains, unreadable, marks, tombstones, memberships, leftover, missing, counts: counts.differing };
  }

  item(item: Item): void {
    const key = keyOf(item);
    const tenantId = keyTenant(key.pk);
    if (key.pk === tenantStateKey(tenantId).pk) return;
    if (!this.subject.tenantIds.has(tenantId)) {
      if (this.isLeft(tenantId, item)) this.remains.addItem(tenantId, key);
      return;
    }
    const resource = parseResourceKey(key);
    const counted = countedBy(tenantId, key);
    if (resource) this.resource(resource.collection, resource.id, item);
    else if (counted) this.counts.read(counted, item);
    else if (key.pk === deletionPartition(tenantId)) this.mark(tenantId, item);
    else if (key.pk === tombstonePartition(tenantId)) this.tombstone(item, toTombstone);
    else if (key.pk === tombstoneBodyPartition(tenantId)) this.tombstone(item, toTombstoneBody);
    else if (isEntry(item, key)) this.entries.find({ key, id: item.id });
    else if (!isReadable(tenantId, item)) this.unreadable.push(key);
  }

  membership(item: Item): void {
    const key = { group: String(item.group), member: String(item.member) };
    const { group, member } = key;
    const { tenantIds, areAll } = this.subject;
    if (!tenantIds.has(keyTenant(group)) && !tenantIds.has(keyTenant(member))) {
      if (areAll) this.remains.addMembership(keyTenant(group), key);
      return;
    }
    const { User, Group, marked } = this.refs;
    if (marked.has(group) || marked.has(member)) return;
    if (!parseMembershipKey(key) || !isPresentFormat(item)) this.unreadable.push(key);
    else if (!Group.has(group) || !fits(item.type, User.has(member), Group.has(member))) this.memberships.push(key);
  }

  /**
   * Whether an item is left of a deleted tenant. Keys of tenant items begin with no tenant id; a mark that is not
   * overdue will be swept.
   */
  private isLeft(tenantId: string, item: Item): boolean {
    if (!this.subject.areAll || tenantId === '' || tenantId === tenantLabelPrefix) return false;
    return item.pk !== deletionPartition(tenantId) || isOverdue(item, this.subject.now);
  }

  private resource(collection: Collection, id: string, item: Item): void {
    this.refs[collection.type].add(membershipRef(collection.tenantId, id));
    this.counts.count(collection, id);
    const stored = readable(item, toStoredResource);
    if (!stored || !isId(id)) {
      this.unreadable.push(keyOf(item));
      return;
    }
    for (const entry of this.subject.entriesOf(collection, stored.resource)) {
      this.entries.want({ key: entryKey(collection, entry, id), id });
    }
  }

  private tombstone(item: Item, read: (item: Item) => Pick<Tombstone, 'expires'>): void {
    const tombstone = readable(item, read);
    if (!tombstone) this.unreadable.push(keyOf(item));
    else if (isLeftOver(tombstone, this.subject.now)) this.tombstones.push(keyOf(item));
  }

  private mark(tenantId: string, item: Item): void {
    const key = keyOf(item);
    this.refs.marked.add(membershipRef(tenantId, key.sk));
    if (isOverdue(item, this.subject.now)) this.marks.push(key);
  }
}

/** Items that nothing else must match: they only have to be readable. */
const others: readonly (readonly [partition: (tenantId: string) => string, read: (item: Item) => object])[] = [
  [credentialUsePartition, (item) => item],
  [hourCountPartition, toHourCount],
  [(tenantId) => roleMappingKey(tenantId).pk, toTenantRoles],
  [invitationPartition, toInvitation],
  [portalSessionPartition, toPortalSession],
  [(tenantId) => portalSetupKey(tenantId).pk, toPortalSetup],
  [portalEventPartition, toPortalEvent],
];

function isReadable(tenantId: string, item: Item): boolean {
  const read = others.find(([partition]) => partition(tenantId) === item.pk)?.[1];
  return read !== undefined && isPresentFormat(item) && readable(item, read) !== undefined;
}

function isEntry(item: Item, { pk }: DirectoryKey): item is Item & { readonly id: string } {
  return parseEntryPartition(pk) !== undefined && typeof item.id === 'string' && isPresentFormat(item);
}

/** Whether a membership's type is the type of its member. */
function fits(type: unknown, isUser: boolean, isGroup: boolean): boolean {
  return type === undefined ? isUser : type === 'Group' && isGroup;
}

function countedBy(tenantId: string, { pk }: DirectoryKey): Collection | undefined {
  const collections = (['User', 'Group'] as const).map((type) => ({ tenantId, type }));
  return collections.find((collection) => countPartition(collection) === pk);
}
