import type { Collection } from '../lambda/directory/store';
import type { Resource } from '../lambda/scim/resource/resource';
import { type Item, resourceItem } from '../lambda/store/items';
import { membershipItem } from '../lambda/store/memberships';
import type { Engine } from '../local/engine/engine';
import { type Names, write } from './storage-seed';

const now = '2026-11-24T07:00:00.000Z';

/** The tenants that the worst requests are sent to: each has what is dear to read in its own way. */
export const tenants = { small: 'worstsmalles', tiny: 'worsttinyess', large: 'worstlargees', groups: 'worstgroupes' };

/** The id of resource number `at`, spread over all shards. */
export const idOf = (at: number) => `${(at % 16).toString(16)}0000000-0000-4000-8000-${String(at).padStart(12, '0')}`;

/** Groups: with as many members as a request reads, or may replace, or shows; and two without members. */
export const groups = {
  whole: idOf(900_000),
  replaced: idOf(900_001),
  added: idOf(900_002),
  empty: idOf(900_003),
  shown: idOf(900_004),
};

export const counts = { users: 9999, members: 119_900, changed: 20_000, listed: 200, held: 599 };

const times = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** A user with as many small values as its attributes may have. */
export const tinyUser = (at: number): Resource => ({
  userName: `tiny${at}`,
  ...Object.fromEntries(
    ['phoneNumbers', 'roles', 'entitlements', 'ims', 'photos'].map((name) => [
      name,
      times(500, (index) => ({ value: `${index}`, type: `${index}` })),
    ]),
  ),
});

/** A user of nearly 300 KB. */
export const largeUser = (at: number): Resource => ({
  userName: `large${at}`,
  roles: times(37, (index) => ({ value: `${index}${'x'.repeat(8000)}` })),
});

/** A user of about 800 bytes. */
const smallUser = (at: number): Resource => ({
  userName: `user${at}@example.com`,
  displayName: `User ${at}`,
  name: { givenName: 'User', familyName: `${at}`, formatted: `User ${at}` },
  emails: [{ value: `user${at}@example.com`, type: 'work', primary: true }],
  title: 'x'.repeat(560),
  active: true,
});

/** Writes what the worst requests work on. Returns nothing of interest. */
export async function seedWorst(engine: Engine, names: Names): Promise<string> {
  const resources = (tenantId: string, type: Collection['type'], count: number, make: (at: number) => Resource) =>
    times(count, (at) =>
      resourceItem({ tenantId, type }, { id: idOf(at), version: 1, created: now, modified: now, resource: make(at) }),
    );
  const group = (id: string): Item =>
    resourceItem(
      { tenantId: tenants.groups, type: 'Group' },
      { id, version: 1, created: now, modified: now, resource: { displayName: id } },
    );
  const members = (id: string, count: number, from = 0) =>
    times(count, (at) => membershipItem(tenants.groups, id, { value: idOf(from + at) }));
  await write(engine, names.directory, [
    ...resources(tenants.small, 'User', counts.users, smallUser),
    ...resources(tenants.tiny, 'User', 80, tinyUser),
    ...resources(tenants.large, 'User', 27, largeUser),
    ...resources(tenants.groups, 'User', counts.changed, (at) => ({ userName: `m${at}` })),
    ...Object.values(groups).map(group),
    ...times(counts.listed, (at) => group(idOf(at))),
  ]);
  await write(engine, names.memberships, [
    ...members(groups.whole, counts.members),
    ...members(groups.shown, 110_000),
    ...members(groups.replaced, counts.changed / 2, counts.changed),
    ...times(counts.listed, (at) => members(idOf(at), counts.held)).flat(),
  ]);
  return 'seeded';
}
