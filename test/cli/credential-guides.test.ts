import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adminJson } from './admin';
import { type AwsStandIn, stackOf, startAws } from './aws-stand-in';
import { linkCheckout, typeGuide } from './guide';
import { type LocalEndpoint, startLocal } from './local-endpoint';

let endpoint: LocalEndpoint;
let aws: AwsStandIn;
let apiGateway: AwsStandIn;
let folder: string;

beforeAll(async () => {
  endpoint = await startLocal({ authorizerCacheSeconds: 0 });
  apiGateway = await startAws();
  apiGateway.answer = [201, JSON.stringify({ id: 'key' })];
  aws = await startAws();
  aws.answer = stackOf(endpoint);
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scim-guide-'));
  await linkCheckout(folder);
});
afterEach(async () => {
  await rm(folder, { recursive: true });
  await json('tenant', 'delete', 'acme', '--yes', '--no-wait');
});
afterAll(async () => {
  await apiGateway.close();
  await aws.close();
  await endpoint.close();
});

const json = <Data>(...args: readonly string[]) => adminJson<Data>(...args, '--data', endpoint.data);
const typing =
  (document: string) =>
  (mark: string, environment: NodeJS.ProcessEnv = {}) =>
    typeGuide(mark, {
      folder,
      document,
      env: {
        AWS_ENDPOINT_URL_CLOUDFORMATION: aws.url,
        AWS_ENDPOINT_URL_API_GATEWAY: apiGateway.url,
        ...environment,
      },
    });
const field = (name: string, text: string) => new RegExp(`^${name} +(\\S+)$`, 'm').exec(text)?.[1] ?? '';

interface Listed {
  readonly clientId: string;
  readonly label: string;
  readonly secrets: readonly { readonly id: string; readonly state: string }[];
}
const clients = () => json<readonly Listed[]>('client', 'list', 'acme');

test('the commands of docs/credentials.md do what it says', async () => {
  const type = typing('docs/credentials.md');
  const { tokenId } = await json<{ tokenId: string }>('tenant', 'create', 'acme');
  expect(await type('tokens', { TOKEN_ID: tokenId })).toContain(`Token ${tokenId} is revoked`);
  expect(await readFile(join(folder, 'okta-2.token'), 'utf8')).toMatch(/^sst_/);

  const listed = await type('clients');
  const [client] = await clients();
  const CLIENT_ID = client?.clientId ?? '';
  const OLD_SECRET_ID = client?.secrets[0]?.id ?? '';
  expect(listed).toMatch(new RegExp(`^${CLIENT_ID} +secret +${OLD_SECRET_ID} +live `, 'm'));
  const rotated = await type('rotate', { CLIENT_ID, OLD_SECRET_ID });
  expect(rotated).toContain(`${OLD_SECRET_ID} of client ${CLIENT_ID} is revoked`);
  expect(rotated).toContain(`Client ${CLIENT_ID} is revoked, with its access tokens`);

  const { publicKey } = generateKeyPairSync('ed25519');
  await writeFile(join(folder, 'client.pub'), publicKey.export({ type: 'spki', format: 'pem' }));
  await type('keys');
  await type('trusts');
  expect((await clients()).map(({ label }) => label)).toEqual(['reports', 'entra']);
});

test('the commands of docs/entra.md lead to an application that signs in and provisions', async () => {
  const type = typing('docs/entra.md');
  await type('entra-tenant');
  const made = await type('entra-client');
  const environment = {
    BASE_URL: field('Tenant URL', made),
    TOKEN_URL: field('Token endpoint', made),
    CLIENT_ID: field('Client identifier', made),
  };
  expect(await type('entra-token', environment)).toMatch(/"access_token" ?: ?"sat_/);
  const report = await type('entra-doctor', environment);
  expect(report).toMatch(/^\d+ ok, 0 failed, \d+ notes, 0 not done\.$/m);
  expect(report).not.toMatch(/^FAIL /m);
  await type('entra-rotate');
  expect((await clients())[0]?.secrets.map(({ state }) => state)).toEqual(['live', 'live']);
  expect(await type('entra-federate')).toMatch(/^Client identifier +\w{12}$/m);
});
