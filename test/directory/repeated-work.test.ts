import { randomUUID } from 'node:crypto';
import { userType } from '../../lambda/directory/resource-types';
import type { Store } from '../../lambda/directory/store';
import { dispatch } from '../../lambda/gateway/dispatch';
import { resourceEndpoints } from '../../lambda/gateway/endpoints';
import { Work } from '../../lambda/scim/work';
import { DynamoStore } from '../../lambda/store/dynamo-store';
import { clientOf } from '../store/client';
import { type OpenTables, openTables } from '../store/open-tables';
import { patchBody, request, servicesOver, userBody } from './requests';

const tenantId = 'tenantrepeat';
const profile = 'standard';

let open: OpenTables;
beforeAll(async () => {
  open = await openTables();
});
afterAll(() => open.close());

/** Patches a user of 50 roles, while so many other requests come first. Returns the status and the units of work. */
async function patch(limit: number, others: number): Promise<{ status: number; units: number }> {
  const send = clientOf(open.tables, tenantId, profile);
  const roles = Array.from({ length: 50 }, (_, at) => ({ value: `role ${at}` }));
  const id = String((await send('POST', '/Users', userBody(randomUUID(), { roles }))).body.id);
  const store = new DynamoStore(open.tables);
  const update = store.update.bind(store);
  let left = others;
  const slow: Pick<Store, 'update'> = {
    update: async (...change) => {
      if (left-- > 0) {
        await send('PATCH', `/Users/${id}`, patchBody({ op: 'replace', path: 'title', value: `title ${left}` }));
      }
      return update(...change);
    },
  };
  const work = new Work(limit);
  const body = patchBody({ op: 'add', path: 'roles', value: [{ value: 'one more' }] });
  const sent = { ...request('PATCH', `/Users/${id}`, { tenantId, profile, body }), work };
  try {
    const handler = dispatch(resourceEndpoints(userType), sent);
    const { status } = await handler(servicesOver(Object.assign(store, slow)), sent);
    return { status, units: work.units };
  } catch (error) {
    return { status: (error as { status: number }).status, units: work.units };
  }
}

test('the work of all attempts counts; a request that is small enough alone gets 429, never 413', async () => {
  const { units } = await patch(Number.POSITIVE_INFINITY, 0);
  expect(await patch(units * 3.5, 2)).toMatchObject({ status: 200, units: expect.any(Number) });
  expect((await patch(Number.POSITIVE_INFINITY, 2)).units).toBeGreaterThan(units * 2.5);
  expect((await patch(units * 1.5, 1)).status).toBe(429);
  expect((await patch(units * 0.5, 0)).status).toBe(413);
});
