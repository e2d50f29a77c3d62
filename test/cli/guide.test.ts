import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Endpoint, startEndpoint } from '../../local/endpoint';
import { type AwsStandIn, stackOf, startAws } from './aws-stand-in';
import { linkCheckout, typeGuide } from './guide';
import { Okta } from './okta';

let endpoint: Endpoint;
let aws: AwsStandIn;
let apiGateway: AwsStandIn;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scim-guide-'));
  await linkCheckout(folder);
  // As `npm start` does it: the data folder is where `--local` looks.
  endpoint = await startEndpoint({ data: join(folder, '.scim'), authorizerCacheSeconds: 0 });
  apiGateway = await startAws();
  apiGateway.answer = [201, JSON.stringify({ id: 'key' })];
  aws = await startAws();
  aws.answer = stackOf(endpoint);
});

afterAll(async () => {
  await apiGateway.close();
  await aws.close();
  await endpoint.close();
  await rm(folder, { recursive: true });
});

const type = (mark: string, environment: NodeJS.ProcessEnv = {}) =>
  typeGuide(mark, {
    folder,
    env: {
      AWS_ENDPOINT_URL_CLOUDFORMATION: aws.url,
      AWS_ENDPOINT_URL_API_GATEWAY: apiGateway.url,
      ...environment,
    },
  });
const shell = (command: string) =>
  promisify(execFile)('sh', ['-c', command], {
    cwd: folder,
    env: { ...process.env, AWS_ENDPOINT_URL_CLOUDFORMATION: aws.url },
  });
const find = (pattern: RegExp, text: string) => pattern.exec(text)?.[1] ?? '';
const tokenIn = async (file: string) => (await readFile(join(folder, file), 'utf8')).trim();

test('step 1 on your machine: a Base URL and a token that works', async () => {
  const baseUrl = find(/^Base URL +(\S+)$/m, await type('local'));
  const token = await tokenIn('acme.token');
  const { status } = await fetch(`${baseUrl}/Users`, { headers: { Authorization: `Bearer ${token}` } });
  expect(status).toBe(200);
  await rm(join(folder, 'acme.token'));
  await shell('npm run admin -- tenant delete acme --local --yes --no-wait');
});

test('typed in the checkout, npm passes options on or the command notices that it did not', async () => {
  expect((await shell('npx scim-admin tenant list --local')).stdout).toMatch(/^TENANT/);
  const json = shell('npm run --silent admin tenant list --json');
  await expect(json).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('npx scim-admin tenant list --json'),
  });
  const local = shell('npm run --silent admin tenant list --local');
  await expect(local).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('not clear which deployment') });
  const stack = await shell('npm run --silent admin tenant list -- --stack ServerlessScim');
  expect(stack.stdout).toMatch(/^TENANT/);
});

test('step 1 and rotation in a deployment: Okta’s traffic passes before, during and after, without one 401', async () => {
  const baseUrl = find(/^Base URL +(\S+)$/m, await type('stack'));
  const token = await tokenIn('acme.token');
  const oldTokenId = token.split('_')[2] ?? '';
  expect(await type('doctor', { BASE_URL: baseUrl })).toMatch(/^\d+ ok, 0 failed, \d+ notes, 0 not done\.$/m);

  const okta = new Okta(baseUrl, token);
  await okta.rest();
  await type('rotate');
  await okta.rest();
  okta.token = await tokenIn('acme-2.token');
  await okta.rest();
  expect(await type('revoke', { OLD_TOKEN_ID: oldTokenId })).toContain(`Token ${oldTokenId} is revoked`);
  await okta.rest();
  await okta.end();

  expect(okta.failures).toEqual([]);
  expect(okta.statuses).not.toContain(401);
  expect(okta.statuses.length).toBeGreaterThan(100);
});
