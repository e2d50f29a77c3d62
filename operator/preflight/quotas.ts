import {
  APIGatewayClient,
  GetAccountCommand,
  GetUsagePlansCommand,
  paginateGetApiKeys,
} from '@aws-sdk/client-api-gateway';
import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { paginateListSecrets, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { tiers } from '../../deployment/limits';
import type { Identity } from '../access/identity';
import type { Finding } from './finding';

/** Quotas per account and region, from the services' documentation. */
const quotas = { usagePlans: 300, apiKeys: 10_000, secrets: 500_000 };

/** Secrets are listed a hundred at a time, so counting stops at this number. */
const countedSecrets = 2000;

/** Below this concurrency two tenants that synchronize at the same time get 429. A new account may have 10. */
const enoughConcurrency = 100;

/** Whether Lambda can run enough requests at a time. */
export async function checkConcurrency({ region }: Identity): Promise<Finding> {
  const name = 'Lambda concurrency';
  const client = new LambdaClient({ region });
  const { AccountLimit } = await client.send(new GetAccountSettingsCommand()).finally(() => client.destroy());
  const free = AccountLimit?.UnreservedConcurrentExecutions ?? 0;
  const found = `${free} of ${AccountLimit?.ConcurrentExecutions} concurrent executions are not reserved`;
  if (free >= enoughConcurrency) return { name, verdict: 'ok', found };
  const cure = `Ask for at least ${enoughConcurrency} in Service Quotas (AWS Lambda, Concurrent executions): with fewer, requests get 429.`;
  return { name, verdict: 'note', found, cure };
}

/** Whether the quota of API Gateway allows the usage plans of a stack. */
export async function checkUsagePlans({ region }: Identity): Promise<Finding> {
  const name = 'Usage plans';
  const client = new APIGatewayClient({ region });
  const { items = [] } = await client.send(new GetUsagePlansCommand({ limit: 500 })).finally(() => client.destroy());
  const found = `${items.length} of ${quotas.usagePlans} (the default quota) in use; a new stack adds ${tiers.length}`;
  if (items.length + tiers.length <= quotas.usagePlans) return { name, verdict: 'ok', found };
  const cure = 'Ask for more in Service Quotas (Amazon API Gateway, Usage plans), or delete some.';
  return { name, verdict: 'note', found, cure };
}

/** Whether the quota of API Gateway allows keys of tenants. */
export async function checkApiKeys({ region }: Identity): Promise<Finding> {
  const client = new APIGatewayClient({ region });
  let used = 0;
  for await (const { items = [] } of paginateGetApiKeys({ client, pageSize: 500 }, {})) used += items.length;
  client.destroy();
  const found = `${used} of ${quotas.apiKeys} in use; a stack adds one, and one for each tenant`;
  if (used < quotas.apiKeys / 2) return { name: 'API keys', verdict: 'ok', found };
  const cure = 'Delete keys that nobody uses: the quota cannot be raised. Tenants without a key share one.';
  return { name: 'API keys', verdict: 'note', found, cure };
}

/** Whether the quota of Secrets Manager allows the secrets of tokens. */
export async function checkSecrets({ region }: Identity): Promise<Finding> {
  const client = new SecretsManagerClient({ region });
  let used = 0;
  for await (const { SecretList = [] } of paginateListSecrets({ client, pageSize: 100 }, {})) {
    used += SecretList.length;
    if (used >= countedSecrets) break;
  }
  client.destroy();
  const many = used >= countedSecrets ? `at least ${used}` : String(used);
  const found = `${many} of ${quotas.secrets} (the default quota) in use; each token adds one`;
  return { name: 'Secrets', verdict: 'ok', found };
}

/** Whether API Gateway has a role for logs, which belongs to the account and region. */
export async function checkLoggingRole({ region }: Identity): Promise<Finding> {
  const name = 'Logging role';
  const client = new APIGatewayClient({ region });
  const { cloudwatchRoleArn } = await client.send(new GetAccountCommand({})).finally(() => client.destroy());
  if (cloudwatchRoleArn) {
    const cure =
      'For an access log deploy with -c accessLog=true, not with accountLoggingRole, which would replace the role.';
    return { name, verdict: 'ok', found: `API Gateway writes logs as ${cloudwatchRoleArn}`, cure };
  }
  const cure = 'For an access log deploy with -c accountLoggingRole=true, which creates it.';
  return { name, verdict: 'ok', found: 'API Gateway has no role for logs', cure };
}
