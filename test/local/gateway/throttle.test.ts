import { throttle, usagePlans } from '../../../local/gateway/throttle';
import { serve } from './serve';

const plan = { rate: 10, burst: 20 };

/** Usage plans on a clock that the test moves; every key that begins with `scim` is in the plan. */
function setUp() {
  let now = 0;
  const admit = usagePlans(
    (key) => (key.startsWith('scim') ? plan : undefined),
    () => now,
  );
  const send = (key: string, times: number) => Array.from({ length: times }, () => admit(key));
  return { admit, send, wait: (milliseconds: number) => (now += milliseconds) };
}

const admitted = (results: readonly string[]) => results.filter((result) => result === 'admitted').length;

test('a key may send its burst at one instant, and then its rate', () => {
  const { send, wait } = setUp();
  expect(admitted(send('scim1', 50))).toBe(20);
  wait(1000);
  expect(admitted(send('scim1', 50))).toBe(10);
  wait(60_000);
  expect(admitted(send('scim1', 50))).toBe(20);
});

test('what one key sends takes nothing from another', () => {
  const { send } = setUp();
  expect(send('scim1', 50).at(-1)).toBe('THROTTLED');
  expect(admitted(send('scim2', 20))).toBe(20);
});

test('a key of no plan, or none, is an invalid one', () => {
  const { admit } = setUp();
  expect([admit('other'), admit(undefined)]).toEqual(['INVALID_API_KEY', 'INVALID_API_KEY']);
});

test('a stage accepts its burst at one instant, and then its rate, whoever sends', () => {
  let now = 0;
  const accept = throttle(plan, () => now);
  const send = (times: number) => Array.from({ length: times }, accept).filter(Boolean).length;
  expect(send(50)).toBe(20);
  now += 1000;
  expect(send(50)).toBe(10);
});

test('past the limit of the stage no function runs, not even the authorizer', async () => {
  const served = await serve({ accept: throttle({ rate: 0.001, burst: 1 }) });
  const get = () => served.send({ path: '/prod/tenantaaaaaa/scim/v2/Users', headers: { Authorization: 'Bearer x' } });
  const [first, second] = [await get(), await get()];
  expect([first.status, second.status, second.headers['retry-after']]).toEqual([200, 429, '5']);
  expect([served.authorizations.length, served.events.length]).toEqual([1, 1]);
  await served.close();
});
