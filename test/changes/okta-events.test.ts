import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProfileName } from '../../lambda/scim/schema/profile';
import { makeId, makeToken } from '../../lambda/tenants/token-format';
import { type Endpoint, startEndpoint } from '../../local/endpoint';
import type { BusEvent } from '../../local/event-bus';
import { loadFlows } from '../../traffic/load';
import { describeFailures } from '../../traffic/report';
import { runFlow } from '../../traffic/run';
import expected from './okta-events.json';
import { type TalliedEvent, tally } from './tally';

const flows = loadFlows().filter(({ name }) => name.startsWith('okta/'));
const profiles: readonly ProfileName[] = ['identity-center', 'standard'];
const played = flows.flatMap((flow) =>
  profiles
    .filter((profile) => flow.profiles.includes(profile))
    .map((profile) => [`${flow.name}, ${profile}`, flow, profile] as const),
);

let folder: string;
let endpoint: Endpoint;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'okta-events-'));
  endpoint = await startEndpoint({ data: join(folder, 'data') });
});

afterAll(async () => {
  await endpoint.close();
  await rm(folder, { recursive: true });
});

async function eventsOf(tenantId: string): Promise<readonly TalliedEvent[]> {
  const text = await readFile(join(folder, 'data/events.jsonl'), 'utf8').catch(() => '');
  const events = text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as BusEvent & TalliedEvent);
  return events.filter(({ detail }) => (detail as { tenantId?: string }).tenantId === tenantId);
}

test('every flow has its list', () => {
  expect(Object.keys(expected)).toEqual(played.map(([name]) => name));
});

test.each(played)('%s', async (name, flow, profile) => {
  const own = await endpoint.createTenant({ label: name.replace(/\W+/g, '.'), profile });
  const result = await runFlow(flow, {
    ...own,
    profile,
    emptyDirectory: true,
    unknownToken: makeToken({ tenantId: own.tenantId, credentialId: makeId() }),
    timed: false,
  });
  expect(describeFailures(result)).toBe('');
  const list = (expected as Readonly<Record<string, unknown>>)[name];
  await endpoint.settled();
  expect(tally(await eventsOf(own.tenantId))).toEqual(list);
});
