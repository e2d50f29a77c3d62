import { userType } from '../../../lambda/directory/resource-types';
import type { Tables } from '../../../lambda/store/tables';
import { restoreDeleted } from '../../../operator/directory/restore';
import { readBody } from '../../../operator/store/tombstone-bodies';
import { faults, faulty } from '../../store/faults';
import { type OpenTables, openTables } from '../../store/open-tables';
import { recount } from '../../store/recount';
import { accessTo, newTenant } from './tenant';

let open: OpenTables;
beforeAll(async () => {
  open = await openTables();
});
afterAll(() => open.close());

/** A deleted user of two groups, its last sweep over. */
async function makeDeleted() {
  const acme = await newTenant(open.tables);
  const { tenant, user, group, gone, groupsOf, membersOf, send } = acme;
  const id = await user('anna', { externalId: 'a' });
  const groups = [await group('Crew', [{ value: id }]), await group('Staff', [{ value: id }])].sort();
  await gone('User', id);
  return {
    ...acme,
    groups,
    restore: (tables: Tables) => restoreDeleted(accessTo(tables), tenant, userType, id),
    /** Whether the user is there, and everything else that must be so then, or otherwise. */
    look: async () => {
      const there = (await send('GET', `/Users/${id}`)).status === 200;
      const kept = (await readBody(open.tables, tenant.tenantId, id, new Date())) !== undefined;
      const members = await Promise.all(groups.map(membersOf));
      expect({ kept, groups: await groupsOf(id), members }).toEqual(
        there ? { kept: false, groups, members: [[id], [id]] } : { kept: true, groups: [], members: [[], []] },
      );
      return there;
    },
  };
}

async function isDone(work: Promise<unknown>): Promise<boolean> {
  return await work.then(
    () => true,
    () => false,
  );
}

describe.each(faults)('%s at each call of a restoration', (fault) => {
  test('the user is there with its groups, or it is not and can be restored again; nothing in between', async () => {
    for (let at = 1, happened = true; happened; at++) {
      const { tenant, restore, look, settle } = await makeDeleted();
      const broken = faulty(open.tables, fault, at);
      const done = await isDone(restore(broken.tables));
      const there = await look();
      // One whose response was lost may be there, though it seems to have failed.
      if (done) expect({ at, there }).toEqual({ at, there: true });
      // What is left of one that ended half-way is swept a minute later.
      await settle();
      expect({ at, there: await look() }).toEqual({ at, there });
      if (!there) await restore(open.tables);
      expect(await look()).toBe(true);
      expect((await recount(open.tables, tenant.tenantId, tenant.profile)).differences).toEqual([]);
      happened = broken.happened();
    }
  });
});
