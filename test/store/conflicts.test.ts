import type { Json } from '../../lambda/scim/json';
import { DynamoStore } from '../../lambda/store/dynamo-store';
import { patchBody, userBody } from '../directory/requests';
import { clientOf, sweepAll } from './client';
import { alwaysInConflict } from './faults';
import { type OpenTables, openTables } from './open-tables';
import { recount } from './recount';
import { group, groups, user, users } from './things';

const profile = 'identity-center';
const { tenantId } = users;
const people = Array.from({ length: 120 }, (_, at) => user(`person${at}`));
const members = people.map(({ stored }) => ({ value: stored.id }));
const staff = group('staff');

let open: OpenTables;
let anna: string;
beforeAll(async () => {
  open = await openTables();
  const store = new DynamoStore(open.tables);
  await Promise.all(people.map((person) => store.create(users, person)));
  await store.create(groups, staff, members.slice(0, 3));
  const { body } = await clientOf(open.tables, tenantId, profile)('POST', '/Users', userBody('anna'));
  anna = String(body.id);
});
afterAll(() => open.close());

interface Case {
  readonly request: string;
  readonly method: string;
  readonly path: string;
  readonly body?: Json;
}

const renamed = (path: string, value: string) => patchBody({ op: 'replace', path, value });

const cases: readonly Case[] = [
  { request: 'create a user', method: 'POST', path: '/Users', body: userBody('new') },
  {
    request: 'create a group',
    method: 'POST',
    path: '/Groups',
    body: { displayName: 'New', members: members.slice(0, 9) },
  },
  { request: 'create a large group', method: 'POST', path: '/Groups', body: { displayName: 'New', members } },
  { request: 'rename a user', method: 'PATCH', path: '/Users/<anna>', body: renamed('userName', 'new@example.com') },
  { request: 'rename a group', method: 'PATCH', path: '/Groups/<staff>', body: renamed('displayName', 'New') },
  { request: 'delete a user', method: 'DELETE', path: '/Users/<anna>' },
  { request: 'delete a group', method: 'DELETE', path: '/Groups/<staff>' },
];

describe('a transaction that meets another one each time is given up with 429, and changes nothing', () => {
  test.each(cases)('$request', async ({ method, path, body }) => {
    const before = await recount(open.tables, tenantId, profile);
    const send = clientOf(alwaysInConflict(open.tables), tenantId, profile);
    const { status, headers } = await send(
      method,
      path.replace('<anna>', anna).replace('<staff>', staff.stored.id),
      body,
    );
    expect(status).toBe(429);
    expect(headers['Retry-After']).toMatch(/^[1-9]\d*$/);
    expect(await recount(open.tables, tenantId, profile)).toEqual({ ...before, hidden: expect.any(Number) });
    await sweepAll(open.tables, tenantId);
    expect(await recount(open.tables, tenantId, profile)).toEqual(before);
  });
});
