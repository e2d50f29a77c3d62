import { useRecorder } from '../../lambda/tenants/last-use';
import type { CredentialName } from '../../lambda/tenants/token-format';

const name = { tenantId: 'abcdefghijkl', credentialId: '0123456789ab' };
const at = (time: string) => new Date(`2020-01-02T${time}Z`);

function setUp(failure?: Error) {
  const written: string[] = [];
  const logged: object[] = [];
  const write = async ({ tenantId, credentialId }: CredentialName, hour: string) => {
    written.push([tenantId, credentialId, hour].join(' '));
    if (failure) throw failure;
  };
  return { written, logged, record: useRecorder(write, (entry) => logged.push(entry)) };
}

test('last use is written to the hour, once an hour and token', async () => {
  const { written, record } = setUp();
  await Promise.all([record(name, at('07:12:45.123')), record(name, at('07:12:45.124'))]);
  await record(name, at('07:59:59.999'));
  await record({ ...name, credentialId: 'another00000' }, at('07:59:59.999'));
  await record(name, at('08:00:00.000'));
  expect(written).toEqual([
    'abcdefghijkl 0123456789ab 2020-01-02T07:00:00.000Z',
    'abcdefghijkl another00000 2020-01-02T07:00:00.000Z',
    'abcdefghijkl 0123456789ab 2020-01-02T08:00:00.000Z',
  ]);
});

test('of more than 10,000 tokens not all are remembered: the memory is bounded, at the price of some writes', async () => {
  const { written, record } = setUp();
  for (let index = 0; index <= 10_000; index++)
    await record({ ...name, credentialId: String(index) }, at('07:00:00.000'));
  await record({ ...name, credentialId: '10000' }, at('07:00:00.000'));
  expect(written).toHaveLength(10_001);
  await record({ ...name, credentialId: '0' }, at('07:00:00.000'));
  expect(written).toHaveLength(10_002);
});

test('a failure to write fails nothing, is logged, and is not repeated within the hour', async () => {
  const { written, logged, record } = setUp(new Error('throttled'));
  await record(name, at('07:00:00.000'));
  await record(name, at('07:30:00.000'));
  expect(written).toHaveLength(1);
  expect(logged).toEqual([{ level: 'warn', message: 'last use not recorded', ...name, error: 'Error: throttled' }]);
});
