import { tablesFromEnvironment } from './store/tables';
import { listTenants } from './store/tenant-items';
import { consoleLog } from './telemetry/log';
import { reportExpiry } from './tenants/expiry';

const tables = tablesFromEnvironment();

/** Checks once a day when the tokens expire; see `reportExpiry`. */
export function handler(): Promise<void> {
  return reportExpiry(listTenants(tables), consoleLog, new Date(), tables.directory);
}
