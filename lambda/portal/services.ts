import type { Deployment } from '../../operator/connection/open';
import { DynamoTenantStore } from '../../operator/store/tenant-store';
import { noApiKeys } from '../../operator/tenants/limits';
import { SecretsManagerStore } from '../../operator/tenants/secret-store';
import { activityFromEnvironment } from '../store/activity';
import { DynamoStore } from '../store/dynamo-store';
import { tablesFromEnvironment } from '../store/tables';
import { consoleLog } from '../telemetry/log';
import { secretsManager } from '../tenants/connection';
import { settingsFromEnvironment } from './brand';
import type { PortalServices } from './context';

const { SECRET_PREFIX: prefix, SECRET_KEY: key, AUTHORIZER_LOG: group = '' } = process.env;
if (!prefix) {
  throw new Error('The environment variable SECRET_PREFIX is not set; it begins the names of the secrets of tokens.');
}

const tables = tablesFromEnvironment();
const maxTokenDays = Number(process.env.MAX_TOKEN_DAYS ?? Number.POSITIVE_INFINITY);

/** What the calls of the portal need; the deployment's base URL is that of each request. */
export const services: Omit<PortalServices, 'deployment'> & { readonly deployment: Omit<Deployment, 'baseUrl'> } = {
  ...settingsFromEnvironment(),
  deployment: {
    byHost: undefined,
    services: {
      tenants: new DynamoTenantStore(tables),
      secrets: new SecretsManagerStore(secretsManager(), prefix, key),
      // It creates no tenant.
      apiKeys: noApiKeys,
      clock: () => new Date(),
      maxTokenDays,
    },
    tables,
    activity: activityFromEnvironment(tables.client),
    store: new DynamoStore(tables),
    portal: undefined,
    identity: async () => undefined,
    authorizerLog: { group, client: {} },
    close: () => undefined,
  },
  log: consoleLog,
};
