import type { SecretReading } from '../../lambda/tenants/credential-secret';
import { cacheSecrets, cacheTimes } from '../../lambda/tenants/secret-cache';

const found: SecretReading = {
  kind: 'found',
  secret: {
    kind: 'token',
    hash: '00',
    profile: 'standard',
    expires: '2100-01-01T00:00:00.000Z',
    state: 'enabled',
    scope: 'scim',
  },
};
const absent: SecretReading = { kind: 'absent' };
const unavailable: SecretReading = { kind: 'unavailable', cause: new Error('down') };

/** A cache over a reader that returns `source.answer`, on a clock that the test moves. */
function setUp(foundTime?: number) {
  const source = { answer: absent, reads: 0 };
  let now = 0;
  const reader = {
    read: () => {
      source.reads++;
      return Promise.resolve(source.answer);
    },
  };
  const cache = cacheSecrets(reader, () => new Date(now), foundTime);
  return { source, read: (token = 'token') => cache.read('tenant', token), wait: (time: number) => (now += time) };
}

test('a secret found is read once in its time, and again after it', async () => {
  const { source, read, wait } = setUp();
  source.answer = found;
  await read();
  wait(cacheTimes.found - 1);
  expect(await read()).toBe(found);
  expect(source.reads).toBe(1);
  wait(1);
  source.answer = absent;
  expect(await read()).toEqual(absent);
  expect(source.reads).toBe(2);
});

test.each([0, 5_000])('a secret found serves for %d ms where a deployer says so', async (foundTime) => {
  const { source, read, wait } = setUp(foundTime);
  source.answer = found;
  await read();
  wait(foundTime);
  source.answer = absent;
  expect(await read()).toEqual(absent);
});

test('an unknown id stays unknown for a few seconds only, so that a token just created works', async () => {
  const { source, read, wait } = setUp();
  await read();
  source.answer = found;
  expect(await read()).toEqual(absent);
  wait(cacheTimes.absent);
  expect(await read()).toBe(found);
  expect(source.reads).toBe(2);
});

test('requests at the same time share one look-up', async () => {
  const { source, read } = setUp();
  source.answer = found;
  const readings = await Promise.all(Array.from({ length: 50 }, () => read()));
  expect(readings.every((reading) => reading === found)).toBe(true);
  expect(source.reads).toBe(1);
});

test('while Secrets Manager is down a secret serves for the grace time, then no longer', async () => {
  const { source, read, wait } = setUp();
  source.answer = found;
  await read();
  source.answer = unavailable;
  wait(cacheTimes.found);
  expect(await read()).toBe(found);
  expect(await read()).toBe(found);
  expect(source.reads).toBe(2);
  wait(cacheTimes.grace - cacheTimes.found - 1);
  expect(await read()).toBe(found);
  expect(source.reads).toBe(3);
  wait(cacheTimes.retry);
  expect(await read()).toBe(unavailable);
});

test('the grace time counts from the last reading that succeeded, not from the last one served', async () => {
  const { source, read, wait } = setUp();
  source.answer = found;
  await read();
  source.answer = unavailable;
  for (let waited = 0; waited < cacheTimes.grace; waited += cacheTimes.found) {
    wait(cacheTimes.found);
    await read();
  }
  expect(await read()).toBe(unavailable);
});

test('an outage is not remembered: the first look after it finds the secret', async () => {
  const { source, read } = setUp();
  source.answer = unavailable;
  expect(await read()).toBe(unavailable);
  source.answer = found;
  expect(await read()).toBe(found);
});

test('a secret that was deleted while cached stays deleted, also in an outage', async () => {
  const { source, read, wait } = setUp();
  source.answer = found;
  await read();
  wait(cacheTimes.found);
  source.answer = absent;
  await read();
  wait(cacheTimes.absent);
  source.answer = unavailable;
  expect(await read()).toBe(unavailable);
});

test('a flood of unknown ids drives out no known secret', async () => {
  const { source, read } = setUp();
  source.answer = found;
  await read('known');
  source.answer = absent;
  for (let index = 0; index < 5_000; index++) await read(`unknown${index}`);
  const before = source.reads;
  expect(await read('known')).toBe(found);
  expect(source.reads).toBe(before);
});

test('of too many secrets the one unused for longest is dropped', async () => {
  const { source, read } = setUp();
  source.answer = found;
  await read('first');
  await read('second');
  for (let index = 0; index < 998; index++) await read(`other${index}`);
  await read('first');
  await read('one more');
  const before = source.reads;
  await read('first');
  expect(source.reads).toBe(before);
  await read('second');
  expect(source.reads).toBe(before + 1);
});

test('a flood of unknown ids reads five secrets in a second; past that it cannot be told, and known ids serve on', async () => {
  const { source, read, wait } = setUp();
  source.answer = found;
  await read('known');
  source.answer = absent;
  const flood = async () => {
    const kinds: string[] = [];
    for (let id = 0; id < 20; id++) kinds.push((await read(`made up ${source.reads} ${id}`)).kind);
    return kinds;
  };
  const expected = [...Array(5).fill('absent'), ...Array(15).fill('unavailable')];
  expect(await flood()).toEqual(expected);
  expect(source.reads).toBe(6);
  expect(await read('known')).toBe(found);
  wait(1000);
  expect(await flood()).toEqual(expected);
  expect(source.reads).toBe(11);
});

test('an id that was found before is read again during a flood of unknown ones', async () => {
  const { source, read, wait } = setUp();
  source.answer = found;
  await read('known');
  wait(cacheTimes.found);
  source.answer = absent;
  for (let id = 0; id < 20; id++) await read(`made up ${id}`);
  source.answer = found;
  expect(await read('known')).toBe(found);
});
