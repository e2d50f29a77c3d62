import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../lambda/scim/json';
import { clientOf } from '../store/client';
import { type OpenTables, openTables } from '../store/open-tables';
import { patchBody } from './requests';

let open: OpenTables;
beforeAll(async () => {
  open = await openTables();
});
afterAll(() => open.close());

const members = [{ value: randomUUID() }];
const bodies: readonly [string, JsonObject][] = [
  ['PATCH', patchBody({ op: 'add', path: 'members', value: members })],
  ['PUT', { displayName: 'Staff', members }],
];

test.each(bodies)(
  '%s: what is wrong with a group is told before what is wrong with its members',
  async (method, body) => {
    const send = clientOf(open.tables, `tenant${method.toLowerCase()}`, 'standard');
    const { id } = (await send('POST', '/Groups', { displayName: 'Staff' })).body;
    const statuses = async (path: string, headers?: Record<string, string>) =>
      new Set(
        await Promise.all(Array.from({ length: 10 }, async () => (await send(method, path, body, headers)).status)),
      );
    expect(await statuses(`/Groups/${randomUUID()}`)).toEqual(new Set([404]));
    expect(await statuses(`/Groups/${id}`, { 'if-match': 'W/"7"' })).toEqual(new Set([412]));
    expect(await statuses(`/Groups/${id}`)).toEqual(new Set([400]));
  },
);
