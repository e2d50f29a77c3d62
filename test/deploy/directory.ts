import { call, type TestTenant } from './tenants';

type Json = Readonly<Record<string, unknown>>;

/** A tenant's users and groups as clients read them, by id. */
export interface Directory {
  readonly users: Readonly<Record<string, Json>>;
  readonly groups: Readonly<Record<string, Json>>;
}

/** Users with every kind of entry and groups with members; `names` are user names. */
export async function fill(tenant: TestTenant, names: readonly string[]): Promise<void> {
  const ids: string[] = [];
  for (const [index, userName] of names.entries()) {
    const { id } = await made(tenant, '/Users', {
      userName,
      displayName: `User ${index}`,
      name: { givenName: 'User', familyName: String(index) },
      emails: [{ value: `${index}@example.com`, type: 'work', primary: true }],
      externalId: `external-${index}`,
      active: index % 3 !== 0,
    });
    ids.push(id);
  }
  const members = ids.map((value) => ({ value }));
  for (const displayName of ['Everybody', 'First half']) {
    const some = displayName === 'Everybody' ? members : members.slice(0, Math.ceil(members.length / 2));
    await made(tenant, '/Groups', { displayName, externalId: `group-${displayName}`, members: some });
  }
}

async function made(tenant: TestTenant, path: string, body: object): Promise<{ id: string }> {
  const { status, text } = await call(tenant, 'POST', path, body);
  if (status !== 201) throw new Error(`POST ${path} got ${status}: ${text}`);
  return JSON.parse(text) as { id: string };
}

/** Reads everything: each list, and each resource by its id. @throws Error if a list and a resource disagree */
export async function read(tenant: TestTenant): Promise<Directory> {
  return { users: await readAll(tenant, '/Users'), groups: await readAll(tenant, '/Groups') };
}

async function readAll(tenant: TestTenant, path: string): Promise<Record<string, Json>> {
  const { Resources = [] } = (await json(tenant, `${path}?count=200`)) as { Resources?: { id: string }[] };
  const all: [string, Json][] = [];
  for (const { id } of Resources) all.push([id, comparable(await json(tenant, `${path}/${id}`))]);
  return Object.fromEntries(all.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

async function json(tenant: TestTenant, path: string): Promise<Json> {
  const { status, text } = await call(tenant, 'GET', path);
  if (status !== 200) throw new Error(`GET ${path} got ${status}: ${text}`);
  return JSON.parse(text) as Json;
}

/** URLs depend on the Base URL, and members have no order. */
function comparable(resource: Json): Json {
  const { meta, ...attributes } = JSON.parse(JSON.stringify(resource, sorted)) as Json & { readonly meta: Json };
  const { location: _, ...times } = meta;
  return { ...attributes, meta: times };
}

function sorted(key: string, value: unknown): unknown {
  if (key === '$ref') return undefined;
  if (key !== 'members' && key !== 'groups') return value;
  return (value as { value: string }[]).toSorted((a, b) => (a.value < b.value ? -1 : 1));
}
