import { loadFlows } from '../../traffic/load';
import { runFlow } from '../../traffic/run';
import { startScriptedServer } from './scripted-server';

test('Okta’s SPEC test has its 12 requests and 52 assertions', async () => {
  const flow = loadFlows().find(({ name }) => name === 'okta/spec-test');
  expect(flow).toBeDefined();
  if (!flow) return;
  const user = { id: '1', emails: [{ value: 'a@atko.com' }] };
  const body = JSON.stringify({ ...user, Resources: [user] });
  const server = await startScriptedServer(() => ({ status: 200, body }));
  const target = { baseUrl: server.baseUrl, token: 'secret', profile: 'standard' };
  const { steps } = await runFlow({ ...flow, setup: [] }, target);
  await server.close();
  const requests = steps.filter(({ sent }) => sent);
  expect(requests).toHaveLength(12);
  expect(requests.reduce((sum, { assertions }) => sum + assertions, 0)).toBe(52);
});
