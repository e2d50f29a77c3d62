import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Endpoint, startEndpoint } from '../../local/endpoint';
import { names } from '../../local/environment';
import { loadFlows } from '../../traffic/load';
import { describeFailures } from '../../traffic/report';
import { runFlow } from '../../traffic/run';
import { type Send, sendHttp } from '../../traffic/send';
import { type AwsStandIn, stack, startAws } from './aws-stand-in';

const root = join(__dirname, '../..');

let endpoint: Endpoint;
let aws: AwsStandIn;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scim-guide-'));
  for (const name of ['package.json', 'node_modules', 'bin', 'cli', 'lambda', 'traffic', 'tsconfig.json']) {
    await symlink(join(root, name), join(folder, name));
  }
  // As `npm start` does it: the data folder is where `--local` looks.
  endpoint = await startEndpoint({ data: join(folder, '.scim'), authorizerCacheSeconds: 0 });
  aws = await startAws();
  aws.answer = stack({
    BaseUrl: `${endpoint.url}/${endpoint.stage}/{tenantId}/scim/v2`,
    DirectoryTable: names.directoryTable,
    MembershipsTable: names.membershipsTable,
    SecretPrefix: names.secretPrefix,
  });
});

afterAll(async () => {
  await aws.close();
  await endpoint.close();
  await rm(folder, { recursive: true });
});

/** Runs the commands under a mark of docs/okta.md as they are typed there. */
async function type(mark: string, environment: NodeJS.ProcessEnv = {}): Promise<string> {
  const guide = await readFile(join(root, 'docs/okta.md'), 'utf8');
  const [, block] = new RegExp(`<!-- run: ${mark} -->\\n\`\`\`sh\\n([\\s\\S]*?)\`\`\``).exec(guide) ?? [];
  if (!block) throw new Error(`docs/okta.md has nothing under "run: ${mark}"`);
  const env = { ...process.env, AWS_ENDPOINT_URL_CLOUDFORMATION: aws.url, ...environment };
  const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', block], { cwd: folder, env });
  return stdout;
}

const find = (pattern: RegExp, text: string) => pattern.exec(text)?.[1] ?? '';
const tokenIn = async (file: string) => (await readFile(join(folder, file), 'utf8')).trim();

test('step 1 on one’s own machine: a Base URL and a token that opens it', async () => {
  const baseUrl = find(/^Base URL +(\S+)$/m, await type('local'));
  const token = await tokenIn('acme.token');
  const { status } = await fetch(`${baseUrl}/Users`, { headers: { Authorization: `Bearer ${token}` } });
  expect(status).toBe(200);
  await rm(join(folder, 'acme.token'));
  await promisify(execFile)('npm', ['run', 'admin', '--', 'tenant', 'delete', 'acme', '--local', '--yes'], {
    cwd: folder,
  });
});

test('step 1 and rotation in a deployment: Okta’s traffic passes before, during and after, without one 401', async () => {
  const baseUrl = find(/^Base URL +(\S+)$/m, await type('stack'));
  const target = { baseUrl, token: await tokenIn('acme.token'), profile: 'identity-center', timed: false };
  const oldTokenId = target.token.split('_')[2] ?? '';
  expect(await type('doctor', { BASE_URL: baseUrl })).toMatch(/^\d+ ok, 0 failed, \d+ notes, 0 not done\.$/m);

  const statuses: number[] = [];
  const send: Send = async (outgoing) => {
    const answer = await sendHttp(outgoing);
    statuses.push('noAnswer' in answer ? 0 : answer.status);
    return answer;
  };
  const [flow] = loadFlows().filter(({ name }) => name === 'okta/crud-test');
  if (!flow) throw new Error('traffic/okta/crud-test.json is gone');
  const failures: string[] = [];
  let rounds = 0;
  let ended = false;
  /** Okta goes on all the time, with the token it has. */
  const okta = async () => {
    while (!ended) {
      failures.push(describeFailures(await runFlow(flow, { ...target, send })));
      rounds++;
    }
  };
  /** Lets some whole rounds go by. */
  const rest = async () => {
    const until = rounds + 3;
    while (rounds < until) await new Promise((resolve) => setTimeout(resolve, 20));
  };

  const traffic = okta();
  await rest();
  await type('rotate');
  await rest();
  target.token = await tokenIn('acme-2.token');
  await rest();
  expect(await type('revoke', { OLD_TOKEN_ID: oldTokenId })).toContain(`Token ${oldTokenId} is revoked`);
  await rest();
  ended = true;
  await traffic;

  expect(failures.filter((failure) => failure !== '')).toEqual([]);
  expect(statuses).not.toContain(401);
  expect(statuses.length).toBeGreaterThan(100);
});
