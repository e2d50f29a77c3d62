import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { patchBody, userBody } from '../directory/requests';
import { clientOf } from './client';
import { type Fault, faulty } from './faults';
import { type OpenTables, openTables } from './open-tables';

const tenantId = 'tenanttouch1';
const profile = 'identity-center';

let open: OpenTables;
beforeAll(async () => {
  open = await openTables();
});
afterAll(() => open.close());

const client = () => clientOf(open.tables, tenantId, profile);
const create = async (path: string, body: Parameters<typeof userBody>[1] = {}) =>
  String((await client()('POST', path, body)).body.id);

/** The call that gives a group its version. */
const touch = (command: unknown) =>
  command instanceof UpdateCommand && String(command.input.Key?.pk).endsWith('#GROUP');

test.each<Fault>(['conflict', 'throttling'])(
  '%s when a group is given its version keeps neither the member from it nor the version from moving',
  async (fault) => {
    const user = await create('/Users', userBody(fault));
    const group = await create('/Groups', { displayName: fault });
    const { tables, happened } = faulty(open.tables, fault, touch);
    const add = patchBody({ op: 'add', path: 'members', value: [{ value: user }] });
    const { status, headers } = await clientOf(tables, tenantId, profile)('PATCH', `/Groups/${group}`, add);
    expect([happened(), status, headers.ETag]).toEqual([true, 204, 'W/"2"']);
    expect((await client()('GET', `/Groups/${group}`)).body).toMatchObject({
      members: [{ value: user }],
      meta: { version: 'W/"2"' },
    });
  },
);
