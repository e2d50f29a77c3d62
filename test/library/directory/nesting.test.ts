import fc from 'fast-check';
import { userBody } from '../../directory/requests';
import { type Opened, openLibrary } from './opened';

let library: Opened;
beforeAll(async () => {
  library = await openLibrary();
});
afterAll(() => library.close());

const groupCount = 5;

/** The groups that contain one, through any number of others: by definition, not as the library does it. */
function containing(edges: readonly (readonly [number, number])[], start: number): ReadonlySet<number> {
  let found = new Set<number>();
  for (let size = -1; size < found.size; ) {
    size = found.size;
    found = new Set(edges.flatMap(([outer, inner]) => (inner === start || found.has(inner) ? [outer] : [])));
  }
  return found;
}

test('groups in groups count where they are asked for, in cycles too, whatever contains what', async () => {
  const group = fc.nat(groupCount - 1);
  const nested = fc.uniqueArray(
    fc.tuple(group, group).filter(([outer, inner]) => outer !== inner),
    { maxLength: 12, selector: String },
  );
  await fc.assert(
    fc.asyncProperty(nested, fc.uniqueArray(group, { maxLength: 3 }), async (edges, direct) => {
      const { tenantId, send } = await library.createTenant('standard');
      const tenant = library.directory.tenant(tenantId);
      const userId = String((await send('POST', '/Users', userBody('anna'))).body.id);
      const ids: string[] = [];
      for (let at = 0; at < groupCount; at++) {
        ids.push(String((await send('POST', '/Groups', { displayName: `Group ${at}` })).body.id));
      }
      for (const [at, id] of ids.entries()) {
        const groups = edges.flatMap(([outer, inner]) => (outer === at ? [{ value: ids[inner], type: 'Group' }] : []));
        const members = [...groups, ...(direct.includes(at) ? [{ value: userId }] : [])];
        const Operations = [{ op: 'add', path: 'members', value: members as never }];
        const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
        if (members.length > 0) {
          expect((await send('PATCH', `/Groups/${id}`, { schemas, Operations })).status).toBe(204);
        }
      }
      const all = new Set(direct.flatMap((at) => [at, ...containing(edges, at)]));
      const idsOf = (groups: Iterable<number>) => [...groups].map((at) => String(ids[at])).sort();
      const found = async (nesting: { transitive: boolean }) =>
        (await tenant.groupsOf(userId, nesting))?.map(({ id }) => id).sort();
      expect(await found({ transitive: false })).toEqual(idsOf(direct));
      expect(await found({ transitive: true })).toEqual(idsOf(all));
      for (const [at, id] of ids.entries()) {
        expect(await tenant.isMember(id, userId)).toBe(direct.includes(at));
        expect(await tenant.isMember(id, userId, { transitive: true })).toBe(all.has(at));
        expect(await tenant.isMember(id, String(ids[0]), { transitive: true })).toBe(containing(edges, 0).has(at));
      }
    }),
    { numRuns: 8 },
  );
});

test('the groups of a user have their attributes; a user in no group has none', async () => {
  const { tenantId, send } = await library.createTenant();
  const tenant = library.directory.tenant(tenantId);
  const create = async (path: string, body: object) => String((await send('POST', path, { ...body })).body.id);
  const [anna, ben] = [await create('/Users', userBody('anna')), await create('/Users', userBody('ben'))];
  const id = await create('/Groups', { displayName: 'Staff', externalId: 'x', members: [{ value: anna }] });
  expect(await tenant.groupsOf(anna)).toEqual([await tenant.groups.get(id)]);
  expect(await tenant.groupsOf(ben)).toEqual([]);
});
