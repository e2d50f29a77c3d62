import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { makeCertificate } from './doctor/certificate';
import { type LocalEndpoint, startLocal } from './local-endpoint';

const root = join(__dirname, '../..');
const command = ['--import', 'tsx', 'bin/scim-admin.ts'];
/** An environment without credentials, and without a place to look for them. */
const bare = { PATH: process.env.PATH, HOME: '/nonexistent', AWS_EC2_METADATA_DISABLED: 'true' };

let endpoint: LocalEndpoint;

beforeAll(async () => {
  endpoint = await startLocal();
});

afterAll(() => endpoint.close());

function run(args: readonly string[], env: NodeJS.ProcessEnv = bare) {
  return promisify(execFile)(process.execPath, [...command, ...args], { cwd: root, env }).then(
    (ended) => ({ code: 0, ...ended }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, stdout, stderr }),
  );
}

test('the program works from the command line, and a token goes to standard output alone', async () => {
  const { code, stdout, stderr } = await run(['tenant', 'create', 'typed', '--data', endpoint.data]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^API token {2}sst_/m);
  expect(stderr).toBe('Save the token now: it is not shown again.\n');
});

test.each([
  [{}, 'There is no AWS region: set AWS_REGION or --region; for a local endpoint pass --local.'],
  [
    { AWS_REGION: 'eu-west-1' },
    'There are no AWS credentials: run "aws sso login", or set AWS_PROFILE; for a local endpoint pass --local.',
  ],
  [
    { AWS_REGION: 'eu west' },
    'There is no such AWS region: check AWS_REGION or --region. (Region not accepted: region="eu west"',
  ],
])('without AWS settings but %j it says what is missing, in one line', async (env, message) => {
  const { code, stdout, stderr } = await run(['tenant', 'list'], { ...bare, ...env });
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^scim-admin: .*\n$/);
  expect(stderr).toContain(message);
});

test('behind a proxy that this computer does not trust it says what to set', async () => {
  const day = 24 * 3600 * 1000;
  const life = { from: new Date(Date.now() - day), to: new Date(Date.now() + day) };
  const server = createServer(makeCertificate({ host: 'Proxy', ...life }));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { code, stderr } = await run(['tenant', 'list', '--region', 'eu-west-1'], {
    ...bare,
    AWS_ACCESS_KEY_ID: 'any',
    AWS_SECRET_ACCESS_KEY: 'any',
    AWS_ENDPOINT_URL_CLOUDFORMATION: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
  });
  server.closeAllConnections();
  await once(server.close(), 'close');
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr:
      'scim-admin: The certificate of the AWS endpoint is not trusted: behind a proxy, set NODE_EXTRA_CA_CERTS to its ' +
      'certificate. (self-signed certificate)\n',
  });
});

test('without a terminal nothing is destroyed unless --yes is passed', async () => {
  const { code, stderr } = await run(['tenant', 'delete', 'typed', '--data', endpoint.data]);
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: expect.stringMatching(/^scim-admin: .* Not a terminal; pass --yes to confirm\.\n$/),
  });
});

test('a reader that closes the output stops the program silently', async () => {
  const child = spawn(process.execPath, [...command, 'tenant', 'list', '--data', endpoint.data], {
    cwd: root,
    env: bare,
  });
  child.stdout.destroy();
  const [stderr] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  expect(stderr).toBe('');
});
