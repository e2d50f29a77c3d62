import { randomUUID } from 'node:crypto';
import type { RouteFunction } from '../deployment/functions';
import { requestRecorder } from './activity/record-request';
import { openEarly } from './connection';
import type { Services } from './directory/request';
import type { Host } from './gateway/handler';
import { activityFromEnvironment } from './store/activity';
import { followConsumption } from './store/consumption';
import { recordUse } from './store/credential-uses';
import { DynamoStore } from './store/dynamo-store';
import { tablesFromEnvironment } from './store/tables';
import { cachedTenantStates } from './store/tenant-state';
import { consoleLog } from './telemetry/log';
import { useRecorder } from './tenants/last-use';

const tables = tablesFromEnvironment();
const consumption = followConsumption(tables.client);
openEarly(tables.client);
const activity = activityFromEnvironment(tables.client);
const now = () => new Date();
const state = cachedTenantStates(tables, now);

/** Services of the handlers behind API Gateway: the store from the environment, the clock, new ids. */
export const services: Services = {
  store: new DynamoStore(tables),
  now,
  newId: randomUUID,
};

/** The host of a function: its name in log lines and metrics, tenants' states, and the record of each token's last use. */
export function host(name: RouteFunction): Host {
  return {
    state,
    deployment: tables.directory,
    function: name,
    log: consoleLog,
    ...(activity && { record: requestRecorder({ activity, state, log: consoleLog, deployment: tables.directory }) }),
    recordUse: useRecorder((name, hour) => recordUse(tables, name, hour), consoleLog),
    consumption,
  };
}
