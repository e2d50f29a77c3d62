import { consoleLog } from './gateway/log';
import { tablesFromEnvironment } from './store/tables';
import { DynamoTenantStore } from './store/tenants';
import { reportExpiry } from './tenants/expiry';

const tables = tablesFromEnvironment();
const store = new DynamoTenantStore(tables);

/** Says once a day how long the tokens have left; see `reportExpiry`. */
export function handler(): Promise<void> {
  return reportExpiry(store, consoleLog, new Date(), tables.directory);
}
