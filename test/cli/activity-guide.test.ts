import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { makeToken } from '../../lambda/tenants/token-format';
import { type Endpoint, startEndpoint, type TenantAccess } from '../../local/endpoint';
import { userBody } from '../directory/requests';
import { type AwsStandIn, stackOf, startAws } from './aws-stand-in';
import { linkCheckout, typedGuide, typeGuide } from './guide';

let endpoint: Endpoint;
let aws: AwsStandIn;
let folder: string;
let acme: TenantAccess;
let failed: string;
let following: ChildProcessWithoutNullStreams | undefined;

async function send(body: object, token = acme.token): Promise<string> {
  const response = await fetch(`${acme.baseUrl}/Users`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json' },
    body: JSON.stringify(body),
  });
  return response.text();
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scim-activity-guide-'));
  await linkCheckout(folder);
  endpoint = await startEndpoint({ data: join(folder, '.scim'), authorizerCacheSeconds: 0 });
  aws = await startAws();
  aws.answer = stackOf(endpoint);
  acme = await endpoint.createTenant({ label: 'acme' });
  const detail = await send({ userName: 'anna@example.com' });
  failed = /\(request ([^)]+)\)/.exec(detail)?.[1] ?? '';
  await send(userBody('ben'), makeToken({ tenantId: acme.tenantId, credentialId: 'zzzzzzzzzzzz' }));
  await send(userBody('cleo'));
});

afterAll(async () => {
  end('SIGKILL');
  await aws.close();
  await endpoint.close();
  await rm(folder, { recursive: true });
});

const document = 'docs/activity.md';
const environment = () => ({ ...process.env, AWS_ENDPOINT_URL_CLOUDFORMATION: aws.url });

/** Ends the command that follows the activity, if it still runs. */
function end(signal: NodeJS.Signals): void {
  if (following?.pid !== undefined && following.exitCode === null && following.signalCode === null) {
    process.kill(-following.pid, signal);
  }
}

const type = (mark: string, values: Readonly<Record<string, string>> = {}) =>
  typeGuide(mark, {
    folder,
    document,
    env: environment(),
    values,
  });

test('why Anna is missing, and the row that the error names', async () => {
  expect(await type('user')).toMatch(/ {2}400 {2}\S+ {2}\w+: .* is required/);
  const shown = await type('show', { 'JKJaXmPLvHcESHA=': failed });
  expect(shown.replace(/\s+/g, ' ')).toMatch(/^What .* is required \(creating user anna@example\.com\) Time /);
});

test('whether it is only Anna, and which credentials were refused', async () => {
  expect(await type('failed')).toContain('Nothing needs attention.');
  expect(await type('refused')).toMatch(/^zzzzzzzzzzzz: there is no such credential/);
});

test('new rows as they come', async () => {
  // Ctrl-C ends it, since nobody knows how long it takes on this machine.
  const typed = await typedGuide('follow', { document, values: { 'timeout --signal=INT 15 ': '' } });
  // In a process group of its own, which Ctrl-C ends as a whole.
  following = spawn('bash', ['-euo', 'pipefail', '-c', typed], { cwd: folder, env: environment(), detached: true });
  const seen: string[] = [];
  for await (const line of createInterface({ input: following.stdout })) {
    seen.push(line);
    if (line.includes('created user cleo@example.com')) await send({ userName: 'dora@example.com' });
    if (line.includes('dora@example.com')) end('SIGINT');
  }
  expect(seen.join('\n')).toContain('dora@example.com');
});

test('recording bodies, and the export', async () => {
  expect(await type('record')).toContain('are recorded until');
  await type('export');
  const lines = (await readFile(join(folder, 'acme-activity.jsonl'), 'utf8')).trimEnd().split('\n');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ tenantId: acme.tenantId, sentence: expect.any(String) });
  expect(await readFile(join(folder, 'acme-activity.csv'), 'utf8')).toContain('anna@example.com');
});
