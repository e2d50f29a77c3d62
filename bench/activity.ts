import { requestRecorder } from '../lambda/activity/record-request';
import { userType } from '../lambda/directory/resource-types';
import { resourceEndpoints } from '../lambda/gateway/endpoints';
import { type ProxyHandler, scimHandler } from '../lambda/gateway/handler';
import { DynamoStore } from '../lambda/store/dynamo-store';
import { tablesFromEnvironment } from '../lambda/store/tables';
import { servicesOver, userBody } from '../test/directory/requests';
import { withEngine } from './engine-process';
import { lowerQuartile, machine } from './figures';
import { proxyEvent } from './proxy-event';
import type { SeededTenant } from './storage-seed';

/**
 * Measures what activity adds to a request: the same requests on a handler that records it, and on one that does not, as
 * with `activityRetention` 0. They take turns. Prints a Markdown table.
 */
const warmUpRounds = 20;
const countedRounds = 100;
const perTurn = 5;
const size = 1000;

interface Sent {
  readonly method: string;
  readonly id?: string;
  readonly body?: object;
  readonly status: number;
}

/** What is sent, by name; `unique` is another text each time. */
const requestsOn = ({ users }: SeededTenant): Readonly<Record<string, (unique: string) => Sent>> => ({
  get: () => ({ method: 'GET', id: users[0] ?? '', status: 200 }),
  create: (unique) => ({ method: 'POST', body: userBody(unique), status: 201 }),
  'failed create': () => ({ method: 'POST', body: userBody('user1', { externalId: 'other' }), status: 409 }),
});

/** The handler of users, with or without activity. */
function makeHandler(records: boolean): ProxyHandler {
  const tables = tablesFromEnvironment();
  const state = async () => ({});
  const log = () => {};
  const activity = { client: tables.client, name: 'activity', days: 90 };
  return scimHandler(resourceEndpoints(userType), servicesOver(new DynamoStore(tables)), {
    deployment: 'bench',
    function: 'bench',
    log,
    recordUse: async () => {},
    state,
    consumption: () => ({ readUnits: 0, writeUnits: 0, conflicts: 0 }),
    ...(records && { record: requestRecorder({ activity, state, log, deployment: 'bench' }) }),
  });
}

async function send(handler: ProxyHandler, tenantId: string, { method, id, body, status }: Sent): Promise<void> {
  const caller = { tenantId, credentialId: 'tokenaaaaaaa', scope: 'scim', profile: 'standard' } as const;
  const event = proxyEvent(caller, method, id === undefined ? '/Users' : `/Users/${id}`, body ? { body } : {});
  const resource = `/{tenantId}/scim/v2/Users${id === undefined ? '' : '/{id}'}`;
  const result = await handler({ ...event, resource, pathParameters: { tenantId, ...(id !== undefined && { id }) } });
  if (result.statusCode !== status) throw new Error(`${method} returned ${result.statusCode}: ${result.body}`);
}

async function measure(tenant: SeededTenant, name: string, make: (unique: string) => Sent): Promise<void> {
  const handlers = [makeHandler(true), makeHandler(false)];
  const times: readonly number[][] = [[], []];
  for (let round = 0; round < warmUpRounds + countedRounds; round++) {
    const turns = [...handlers.entries()];
    for (const [index, handler] of round % 2 === 0 ? turns : turns.reverse()) {
      const start = performance.now();
      for (let at = 0; at < perTurn; at++) {
        await send(handler, tenant.tenantId, make(`${name} ${round}.${index}.${at}`.replaceAll(' ', '-')));
      }
      if (round >= warmUpRounds) times[index]?.push((performance.now() - start) / perTurn);
    }
  }
  const [on = 0, off = 0] = times.map(lowerQuartile);
  const figures = [on, off, on - off].map((time) => time.toFixed(2));
  console.log(`| ${[name, ...figures, (on / off).toFixed(2)].join(' | ')} |`);
}

async function main(): Promise<void> {
  await withEngine(async (engine) => {
    const tenant = await engine.ask<SeededTenant>(size);
    console.log(`${machine()}:\n\n| ms per request | with activity | without | added | ratio |`);
    console.log('| --- | --- | --- | --- | --- |');
    for (const [name, make] of Object.entries(requestsOn(tenant))) await measure(tenant, name, make);
  });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
