import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { Cdk } from './cdk';
import { placeFromEnvironment } from './place';
import { stackOutput } from './stack-outputs';

const root = resolve(__dirname, '../..');
const stack = 'SaasApp';
const place = placeFromEnvironment();
const folder = process.env.DEPLOY_FOLDER ?? '';
const app = join(folder, 'saas-app');
const cdk = new Cdk(place, folder, app);
const readme = readFileSync(join(root, 'examples/saas-app/README.md'), 'utf8');
/** What is set in the shell of the guide. */
const shell: Record<string, string> = {};

/** Types the commands under a mark of the guide, in a folder. Returns what they print. */
function type(mark: string, cwd = app): string {
  const [, block] = new RegExp(`<!-- run: ${mark} -->\\n\`\`\`sh\\n([\\s\\S]*?)\`\`\``).exec(readme) ?? [];
  if (!block) throw new Error(`The guide has nothing under "run: ${mark}".`);
  const typed = block.replaceAll('examples/saas-app', app);
  const options = {
    cwd,
    env: { ...process.env, ...shell, npm_config_prefer_offline: 'true' },
    encoding: 'utf8',
  } as const;
  const { status, stdout, stderr } = spawnSync('bash', ['-euo', 'pipefail', '-c', typed], options);
  expect({ status, output: status === 0 ? '' : `${stdout}\n${stderr}` }).toEqual({ status: 0, output: '' });
  return stdout;
}

/** What `npm run` prints before the output of its script is left out. */
const json = (printed: string) => JSON.parse(printed.slice(printed.indexOf('\n{') + 1));

beforeAll(() => {
  const isSource = (path: string) => !/node_modules|cdk\.out|outputs\.json|\.tgz$/.test(path.slice(root.length));
  cpSync(join(root, 'examples/saas-app'), app, { recursive: true, filter: isSource });
  type('pack', root);
  type('install');
});

afterAll(() => cdk.destroyAll());

test('its own tests pass with the packages, and it type-checks', () => {
  type('test');
});

test('it is deployed, and its functions can be invoked by their outputs', async () => {
  await cdk.deploy(stack, { trial: 'true' });
  const names = ['EnableScimFunction', 'PeopleFunction'];
  const outputs = await Promise.all(names.map(async (name) => [name, await stackOutput(stack, name)] as const));
  writeFileSync(join(app, 'outputs.json'), JSON.stringify({ [stack]: Object.fromEntries(outputs) }));
});

test('the button creates a tenant once, and a link with a PIN each time', () => {
  const { tenantId, setupLink, pin } = json(type('enable'));
  expect([tenantId, pin]).toEqual([expect.stringMatching(/^[a-z0-9]{12}$/), expect.stringMatching(/^\d{6}$/)]);
  const again = json(type('enable'));
  expect(again.tenantId).toBe(tenantId);
  expect(again.setupLink).not.toBe(setupLink);
});

test('who is provisioned is listed with roles, and signed out when disabled', async () => {
  const shown = type('token');
  const [, baseUrl = ''] = /^Base URL +(\S+)/m.exec(shown) ?? [];
  const [, tenantId = ''] = /^Tenant +(\S+)/m.exec(shown) ?? [];
  Object.assign(shell, { BASE_URL: baseUrl, TENANT_ID: tenantId });
  type('provision');
  const anna = expect.objectContaining({ userName: 'anna@example.com', active: true, roles: ['developer'] });
  expect(json(type('people'))).toEqual({ people: [anna], total: 1 });

  const client = DynamoDBDocumentClient.from(new DynamoDBClient());
  const TableName = await stackOutput(stack, 'SessionsTable');
  const { id } = JSON.parse(readFileSync(join(app, 'anna.json'), 'utf8'));
  await client.send(new PutCommand({ TableName, Item: { user: `${tenantId}#${id}`, session: 'phone' } }));
  await client.send(new PutCommand({ TableName, Item: { user: `${tenantId}#other`, session: 'phone' } }));
  const sessions = async () => (await client.send(new ScanCommand({ TableName }))).Items?.map(({ user }) => user);
  type('disable');
  for (let waited = 0; (await sessions())?.length !== 1 && waited < 60; waited++) await sleep(1000);
  expect(await sessions()).toEqual([`${tenantId}#other`]);
  client.destroy();
  expect(json(type('gone')).people).toMatchObject([{ active: false, roles: [] }]);
});
