import { sendHttp } from '../../traffic/send';
import { adminJson } from './admin';
import { type LocalEndpoint, startLocal } from './local-endpoint';
import { Okta } from './okta';

let endpoint: LocalEndpoint;
beforeAll(async () => {
  endpoint = await startLocal({ authorizerCacheSeconds: 0 });
});
afterAll(() => endpoint.close());

const json = <Data>(...args: readonly string[]) => adminJson<Data>(...args, '--data', endpoint.data);

interface Made {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly tokenUrl: string;
  readonly baseUrl: string;
  readonly before: readonly { readonly id: string }[];
}

/** A token request as Entra sends it. */
async function signIn(tokenUrl: string, clientId: string, clientSecret: string) {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
  });
  const response = await fetch(tokenUrl, { method: 'POST', body });
  return { status: response.status, ...((await response.json()) as { readonly access_token?: string }) };
}

test('a client secret is rotated while Entra provisions, without one 401', async () => {
  await json('tenant', 'create', 'acme');
  const made = await json<Made>('client', 'create', 'acme');
  const { clientId, tokenUrl, baseUrl } = made;
  const first = await signIn(tokenUrl, clientId, made.clientSecret);
  const entra = new Okta(baseUrl, first.access_token ?? '', sendHttp, 'entra/disable-and-delete');
  await entra.rest();

  const rotated = await json<Made>('client', 'rotate', 'acme');
  // Both secrets get tokens, and those from before go on working.
  expect((await signIn(tokenUrl, clientId, made.clientSecret)).status).toBe(200);
  await entra.rest();
  entra.token = (await signIn(tokenUrl, clientId, rotated.clientSecret)).access_token ?? '';
  await entra.rest();
  await json('client', 'revoke', 'acme', clientId, rotated.before[0]?.id ?? '', '--yes');
  await entra.rest();
  await entra.end();

  expect(entra.failures).toEqual([]);
  expect(entra.statuses).not.toContain(401);
  expect(entra.statuses.length).toBeGreaterThan(50);
});
