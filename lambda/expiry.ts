import { tablesFromEnvironment } from './store/tables';
import { listTenants } from './store/tenant-items';
import { consoleLog } from './telemetry/log';
import { reportExpiry } from './tenants/expiry';

const tables = tablesFromEnvironment();

/** Says once a day how long the tokens have left; see `reportExpiry`. */
export function handler(): Promise<void> {
  return reportExpiry(listTenants(tables), consoleLog, new Date(), tables.directory);
}
