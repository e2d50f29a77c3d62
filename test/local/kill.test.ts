import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { end, endAll, start } from './program';

type Access = Awaited<ReturnType<typeof start>>;

let data: string;

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'scim-'));
});

afterEach(async () => {
  await endAll();
  await rm(data, { recursive: true });
});

const writers = 20;
const enough = 50;

describe('kill -9 in the middle of concurrent creates', () => {
  it('loses no acknowledged user and leaves no half of one', async () => {
    const first = await start('--data', data);
    const names: string[] = [];
    const acknowledged: string[] = [];
    // They continue until there is no response, so that some creates are in progress whenever it is killed.
    const write = async (): Promise<void> => {
      for (;;) {
        const userName = `user${names.length}@example.com`;
        names.push(userName);
        const status = await create(first, userName).catch(() => 0);
        if (status === 0) return;
        expect(status).toBe(201);
        acknowledged.push(userName);
        if (acknowledged.length === enough) await end(first.child, 'SIGKILL');
      }
    };
    await Promise.all(Array.from({ length: writers }, write));
    expect(first.child.signalCode).toBe('SIGKILL');
    expect(acknowledged.length).toBeGreaterThanOrEqual(enough);

    const second = await start('--data', data);
    const listed = await userNames(second);
    expect(listed).toEqual(expect.arrayContaining(acknowledged));
    for (const userName of names) {
      const found = await get(second, `/Users?filter=${encodeURIComponent(`userName eq "${userName}"`)}`);
      const isThere = listed.includes(userName);
      expect(found.totalResults).toBe(isThere ? 1 : 0);
      // A name claimed by a resource that does not exist could never be used again.
      expect(await create(second, userName)).toBe(isThere ? 409 : 201);
    }
    expect([...(await userNames(second))].sort()).toEqual([...names].sort());
  });
});

const headers = ({ token }: Access) => ({
  Authorization: `Bearer ${token}`,
  'Content-Type': 'application/scim+json',
});

async function create(access: Access, userName: string): Promise<number> {
  const body = JSON.stringify({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName,
    displayName: userName,
    name: { givenName: 'a', familyName: 'b' },
    emails: [{ value: userName, type: 'work', primary: true }],
  });
  const response = await fetch(`${access.baseUrl}/Users`, { method: 'POST', headers: headers(access), body });
  return response.status;
}

interface List {
  readonly totalResults: number;
  readonly Resources: readonly { readonly userName: string }[];
}

async function get(access: Access, path: string): Promise<List> {
  return (await (await fetch(access.baseUrl + path, { headers: headers(access) })).json()) as List;
}

/** The names of all users; the total that each page states must be their number. */
async function userNames(access: Access): Promise<readonly string[]> {
  const listed: string[] = [];
  for (;;) {
    const { totalResults, Resources } = await get(access, `/Users?startIndex=${listed.length + 1}&count=100`);
    listed.push(...Resources.map(({ userName }) => userName));
    if (Resources.length === 0) {
      expect(listed).toHaveLength(totalResults);
      return listed;
    }
  }
}
