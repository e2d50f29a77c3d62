import fc from 'fast-check';
import type { Finding } from '../../../operator/drift/finding';
import { findTenant } from '../../../operator/tenants/provision';
import { exportTenant } from '../../../operator/transfer/export';
import { create, type DriftStage, members, startStage, users } from './tenant';

let stage: DriftStage;
let number = 0;

beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

/** One user of a random directory, and what an edit of the export does with it. */
const user = fc.record({
  title: fc.constantFrom('', 'Engineer', 'a,b', 'say "hi"', 'x\ty', '=1+1', 'Ünï', "o'x;y"),
  active: fc.boolean(),
  groups: fc.subarray(['Staff', 'Sales', 'Ünïted; "A"']),
  edit: fc.constantFrom('none', 'none', 'remove', 'disable', 'title', 'case', 'leave', 'join'),
});

const allGroups = ['Staff', 'Sales', 'Ünïted; "A"'];
const directory = fc.record({ users: fc.array(user, { minLength: 1, maxLength: 8 }), added: fc.nat(2) });

type Directory = typeof directory extends fc.Arbitrary<infer Value> ? Value : never;

async function store({ users: all }: Directory) {
  const label = `random-${number++}`;
  const access = await stage.endpoint.createTenant({ label, profile: 'standard' });
  const inGroups = new Map<string, { value: string }[]>(allGroups.map((group) => [group, []]));
  for (const [at, { title, active, groups }] of all.entries()) {
    const id = await create(access, 'Users', {
      userName: `User${at}@Example.com`,
      active,
      ...(title ? { title } : {}),
    });
    for (const group of groups) inGroups.get(group)?.push({ value: id });
  }
  for (const [displayName, list] of inGroups) await create(access, 'Groups', { displayName, members: list });
  return label;
}

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
const csv = (rows: readonly (readonly string[])[]) => rows.map((row) => `${row.map(quoted).join(',')}\r\n`).join('');

type StoredUser = Directory['users'][0];

interface EditedUser {
  readonly row?: readonly string[];
  readonly groups: readonly string[];
  readonly expected?: string;
}

/** What an edit makes of a user of the export, and the difference that it makes. */
const edits: Readonly<Record<StoredUser['edit'], (name: string, given: StoredUser) => EditedUser>> = {
  none: (name, { title, active, groups }) => ({ row: [name, title, String(active)], groups }),
  // A disabled user is not in an export.
  remove: (name, { active }) => ({ groups: [], ...(active ? { expected: `extra ${name}` } : {}) }),
  disable: (name, { title, active, groups }) => ({
    row: [name, title, String(!active)],
    groups,
    expected: `${active ? 'enabled' : 'disabled'} ${name}`,
  }),
  title: (name, { title, active, groups }) => ({
    row: [name, `${title}!`, String(active)],
    groups,
    expected: `attribute ${name} title`,
  }),
  case: (name, { title, active, groups }) => ({ row: [name.toUpperCase(), title, String(active)], groups }),
  leave: (name, { title, active, groups }) => ({
    row: [name, title, String(active)],
    groups: groups.slice(1),
    ...(groups[0] === undefined ? {} : { expected: `member extra ${name} ${groups[0]}` }),
  }),
  join: (name, { title, active, groups }) => {
    const other = allGroups.find((group) => !groups.includes(group));
    const row = [name, title, String(active)];
    return other === undefined
      ? { row, groups }
      : { row, groups: [...groups, other], expected: `member missing ${name} ${other}` };
  },
};

/** The export of an identity provider after the edits, and the differences that they make. */
function edited({ users: all, added }: Directory) {
  const names = all.map((_, at) => `User${at}@Example.com`);
  const results = all.map((each, at) => edits[each.edit](names[at] ?? '', each));
  const news = Array.from({ length: added }, (_, at) => `new${at}@example.com`);
  const memberships = results.flatMap(({ groups }, at) => groups.map((group) => [group, names[at] ?? '']));
  return {
    from: csv([
      ['userName', 'title', 'active'],
      ...results.flatMap(({ row }) => (row ? [row] : [])),
      ...news.map((name) => [name, '', 'true']),
    ]),
    // A group that no line names is not compared, so each is named once, with somebody else.
    members: csv([['group', 'userName'], ...memberships, ...allGroups.map((group) => [group, 'nobody@example.com'])]),
    expected: [...results.flatMap(({ expected }) => expected ?? []), ...news.map((name) => `missing ${name}`)].sort(),
  };
}

const short = ({ kind, name, group, attribute }: Finding) => [kind, name, group ?? attribute ?? []].flat().join(' ');

test('of random directories and edits of their exports, each difference is found once, and no other one', async () => {
  await fc.assert(
    fc.asyncProperty(directory, async (given) => {
      const label = await store(given);
      const { from, members: list, expected } = edited(given);
      const { findings, summary } = await stage.compare(label, [await users(from), await members(list)]);
      expect(findings.map(short).sort()).toEqual(expected);
      expect(summary.total).toBe(expected.length);
    }),
    { numRuns: 12 },
  );
});

test('a tenant does not differ from its own export', async () => {
  await fc.assert(
    fc.asyncProperty(directory, async (given) => {
      const label = await store(given);
      const tenant = await findTenant(stage.deployment.services, label);
      let text = '';
      for await (const line of exportTenant(stage.deployment, tenant)) text += `${JSON.stringify(line)}\n`;
      const { findings, summary } = await stage.compare(tenant, [await users(text)]);
      expect(findings).toEqual([]);
      expect(summary).toMatchObject({
        users: { expected: given.users.length, here: given.users.length },
        groups: { expected: 3, here: 3 },
      });
    }),
    { numRuns: 5 },
  );
});
