import { withLastUse } from './store/credential-uses';
import { tablesFromEnvironment } from './store/tables';
import { listTenants } from './store/tenant-items';
import { consoleLog } from './telemetry/log';
import { reportExpiry } from './tenants/expiry';
import type { Tenant } from './tenants/tenant';

const tables = tablesFromEnvironment();

/** Checks once a day when tokens and client secrets end; see `reportExpiry`. */
export function handler(): Promise<void> {
  return reportExpiry(tenants(), consoleLog, new Date(), tables.directory);
}

/** All tenants. Uses only matter where there is more than one token. */
async function* tenants(): AsyncIterable<Tenant> {
  for await (const tenant of listTenants(tables)) {
    yield tenant.tokens.size > 1 ? await withLastUse(tables, tenant) : tenant;
  }
}
