import { usagePlans } from '../../../local/gateway/throttle';

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
