import { randomBytes } from 'node:crypto';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { groupType, userType } from '../../lambda/directory/resource-types';
import { dispatch } from '../../lambda/gateway/dispatch';
import { resourceEndpoints } from '../../lambda/gateway/endpoints';
import { ScimError } from '../../lambda/scim/message/error';
import type { Json } from '../../lambda/scim/resource/resource';
import { DynamoStore } from '../../lambda/store/dynamo-store';
import { deletionPartition } from '../../lambda/store/keys';
import { finishSweep } from '../../lambda/store/sweep';
import type { Tables } from '../../lambda/store/tables';
import { request, servicesOver, userBody } from '../directory/requests';
import { type Fault, faulty } from './faults';
import cases from './faults.json';
import { recount } from './recount';
import { type OpenTables, openTables } from './tables';

const endpoints = [userType, groupType].flatMap(resourceEndpoints);
const profile = 'identity-center';
const faults: readonly Fault[] = ['conflict', 'throttling', 'timeout', 'lost answer', 'crash', 'crash after'];
/** More calls than any of these requests makes. */
const mostCalls = 30;

let open: OpenTables;

/** What the client sees: the status, 500 for a failure that is none of the endpoint's own. */
async function send(tables: Tables, tenantId: string, method: string, path: string, body?: Json) {
  const sent = request(method, path, { tenantId, profile, ...(body !== undefined && { body }) });
  try {
    const { status, body: answer } = await dispatch(endpoints, sent)(servicesOver(new DynamoStore(tables)), sent);
    return { status, id: String(answer?.id) };
  } catch (error) {
    return { status: error instanceof ScimError ? error.status : 500, id: '' };
  }
}

/** A tenant with users anna and ben and a group of anna. */
async function populate(tenantId: string): Promise<ReadonlyMap<string, string>> {
  const create = async (path: string, body: Json) => (await send(open.tables, tenantId, 'POST', path, body)).id;
  const [anna, ben] = [await create('/Users', userBody('anna')), await create('/Users', userBody('ben'))];
  const staff = await create('/Groups', { displayName: 'Staff', members: [{ value: anna }] });
  return new Map([
    ['<anna>', anna],
    ['<ben>', ben],
    ['<staff>', staff],
  ]);
}

/** Does what the stream handler and the delay queue do later. */
async function sweepAll(tenantId: string): Promise<void> {
  const { Items = [] } = await open.tables.client.send(
    new QueryCommand({
      TableName: open.tables.directory,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': deletionPartition(tenantId) },
    }),
  );
  for (const { sk } of Items) await finishSweep(open.tables, { tenantId, type: 'Group' }, String(sk));
}

function fill(text: string, ids: ReadonlyMap<string, string>): string {
  return text
    .replace('"<user zoe>"', JSON.stringify(userBody('zoe')))
    .replace(/<\w+>/g, (name) => ids.get(name) ?? name);
}

const sorted = (names: readonly string[]): readonly string[] => [...names].sort();

describe.each(faults)('%s at each call in turn', (fault) => {
  beforeAll(async () => {
    open = await openTables();
  });
  afterAll(() => open.close());

  test.each(cases)('$request: the client hears the truth, and its retry completes it', async (scenario) => {
    const { method, done, again } = scenario;
    for (let at = 1; at < mostCalls; at++) {
      const tenantId = `tenant${randomBytes(3).toString('hex')}`;
      const ids = await populate(tenantId);
      const path = fill(scenario.path, ids);
      const body = scenario.body === undefined ? undefined : JSON.parse(fill(JSON.stringify(scenario.body), ids));
      const broken = faulty(open.tables, fault, at);
      const first = await send(broken.tables, tenantId, method, path, body);
      expect([...done, 429, 500]).toContain(first.status);
      const between = await recount(open.tables, tenantId, profile);
      expect({ at, differences: between.differences }).toEqual({ at, differences: [] });

      if (!done.includes(first.status)) {
        const second = await send(open.tables, tenantId, method, path, body);
        expect(again).toContain(second.status);
      }
      await sweepAll(tenantId);
      expect({ at, ...(await recount(open.tables, tenantId, profile)) }).toEqual({
        at,
        names: sorted(scenario.names),
        memberships: sorted(scenario.memberships),
        hidden: 0,
        differences: [],
      });
      if (!broken.happened()) return;
    }
    throw new Error(`More than ${mostCalls} calls.`);
  });
});
