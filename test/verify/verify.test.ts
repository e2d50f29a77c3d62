import { type Endpoint, startEndpoint, type TenantAccess } from '../../local/endpoint';
import entra from '../../verify/entra.json';
import okta from '../../verify/okta.json';
import { type Step, verify } from '../../verify/verify';
import { patchBody, userBody } from '../directory/requests';

let endpoint: Endpoint;

beforeAll(async () => {
  endpoint = await startEndpoint({ memory: true, port: 0 });
});

afterAll(() => endpoint.close());

const provider = { name: 'test', version: '1.2.3' };

/** Acts as an identity provider: does what the steps ask for, in order, except for those in `skipped`. */
function identityProvider({ baseUrl, token }: TenantAccess, skipped?: number) {
  const send = async (method: string, path: string, body: object): Promise<string> => {
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json' };
    const response = await fetch(baseUrl + path, { method, headers, body: JSON.stringify(body) });
    const text = await response.text();
    return text === '' ? '' : (JSON.parse(text) as { id: string }).id;
  };
  let user = '';
  let group = '';
  const setActive = (value: boolean) =>
    send('PATCH', `/Users/${user}`, patchBody({ op: 'replace', path: 'active', value }));
  const actions = [
    async () => {
      user = await send('POST', '/Users', userBody('anna'));
    },
    () => send('PATCH', `/Users/${user}`, patchBody({ op: 'replace', path: 'name.givenName', value: 'Verified' })),
    async () => {
      group = await send('POST', '/Groups', { displayName: 'Test', members: [{ value: user }] });
    },
    () => send('PATCH', `/Groups/${group}`, patchBody({ op: 'remove', path: 'members' })),
    () => setActive(false),
    () => setActive(true),
  ];
  let at = 0;
  return async () => {
    const action = actions[at];
    if (at !== skipped) await action?.();
    at++;
  };
}

async function run(steps: readonly Step[], skipped?: number) {
  const tenant = await endpoint.createTenant({ label: `verify${Math.random()}` });
  const target = { ...tenant, userName: String(userBody('anna').userName), groupName: 'Test' };
  const session = { ask: identityProvider(tenant, skipped), say: () => {}, waitSeconds: 1, pauseSeconds: 0.2 };
  return { evidence: await verify(provider, steps, target, session), target, session };
}

test.each([
  ['okta', okta],
  ['entra', entra],
])('%s: what the identity provider did is seen, and the evidence has no name, token or address', async (_, steps) => {
  const { evidence, target } = await run(steps as Step[]);
  expect(evidence).toMatchObject({ provider: 'test', version: '1.2.3', passed: true });
  expect(evidence.steps.map(({ verdict }) => verdict)).toEqual(Array(6).fill('seen'));
  const text = JSON.stringify(evidence);
  for (const secret of [target.token, target.baseUrl, target.userName]) expect(text).not.toContain(secret);
});

test('the run ends at the first change that does not arrive, and has not passed', async () => {
  const { evidence } = await run(okta as Step[], 1);
  expect(evidence.passed).toBe(false);
  expect(evidence.steps.map(({ verdict }) => verdict)).toEqual(['seen', 'not seen']);
});

test('a user that is there before the first step is refused: it would prove nothing', async () => {
  const { target, session } = await run(okta as Step[]);
  await expect(verify(provider, okta as Step[], target, session)).rejects.toThrow('its effect is there already');
});

test('an endpoint that refuses the token ends the run with what it said', async () => {
  const { target, session } = await run(okta as Step[]);
  const refused = verify(provider, okta as Step[], { ...target, token: 'wrong' }, session);
  await expect(refused).rejects.toThrow(/^GET \/Users returned 401: /);
});
