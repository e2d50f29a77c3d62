import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { ActivityTable } from '../../lambda/store/activity';
import { documentClient } from '../../lambda/store/document-client';
import { DynamoStore } from '../../lambda/store/dynamo-store';
import type { Tables } from '../../lambda/store/tables';
import { findIdentity } from '../access/identity';
import { DynamoTenantStore } from '../store/tenant-store';
import { ApiGatewayKeys } from '../tenants/api-keys';
import { noApiKeys, noUsagePlans } from '../tenants/limits';
import { SecretsManagerStore } from '../tenants/secret-store';
import type { ApiKeys, TenantServices } from '../tenants/tenant-services';
import type { ClientOptions, DeploymentFacts, DeploymentOptions, PortalPlace } from './facts';
import { findLocal } from './local';
import { findStack } from './stack';

/** How long AWS may take to say whose credentials these are, in milliseconds. */
const identityTime = 3_000;

/** One deployment of the endpoint, with access to its data. */
export interface Deployment {
  /** The URL that a tenant's administrator pastes into the identity provider. */
  baseUrl(tenantId: string): string;
  /** On an emulator: the URL and the `Host` header that reach the tenant where its Base URL is not served. */
  readonly byHost: ((tenantId: string) => { readonly url: string; readonly host: string }) | undefined;
  readonly services: TenantServices;
  readonly tables: Tables;
  /** The table of activity; nothing where the deployer keeps none. */
  readonly activity: ActivityTable | undefined;
  readonly store: DynamoStore;
  /** Where the portal is; nothing where none is deployed. */
  readonly portal: PortalPlace | undefined;
  /** The ARN of the AWS identity that runs the commands; nothing on a local endpoint, or if AWS does not say. */
  readonly identity: () => Promise<string | undefined>;
  /** The authorizer's log group, and how to reach it. */
  readonly authorizerLog: { readonly group: string; readonly client: ClientOptions };
  close(): void;
}

/** What holds the data of a deployment. */
export type DataAccess = Pick<Deployment, 'store' | 'services' | 'tables'>;

/** Opens a deployment: a stack in the operator's account, or a local endpoint. @throws OperatorError if there is none */
export async function openDeployment(place: DeploymentOptions): Promise<Deployment> {
  return connect(await findDeployment(place));
}

/** Finds a deployment, as `openDeployment` does. @throws OperatorError if there is none */
export function findDeployment(place: DeploymentOptions): Promise<DeploymentFacts> {
  return place.local === undefined ? findStack(place) : findLocal(place.local);
}

/** Connects to a deployment that was found. */
export function connect(facts: DeploymentFacts): Deployment {
  const dynamo = new DynamoDBClient({ ...facts.client });
  const manager = new SecretsManagerClient({ ...facts.client });
  const gateway = new APIGatewayClient({ ...facts.client });
  const tables: Tables = {
    client: documentClient(dynamo),
    directory: facts.directoryTable,
    memberships: facts.membershipsTable,
  };
  const { byHost } = facts;
  return {
    baseUrl: (tenantId) => facts.baseUrlPattern.replace('{tenantId}', tenantId),
    byHost: byHost && ((tenantId) => ({ ...byHost, url: byHost.url.replace('{tenantId}', tenantId) })),
    services: {
      tenants: new DynamoTenantStore(tables),
      secrets: new SecretsManagerStore(manager, facts.secretPrefix, facts.encryptionKey),
      apiKeys: apiKeysOf(facts, gateway),
      clock: () => new Date(),
      maxTokenDays: facts.maxTokenDays,
    },
    tables,
    activity: facts.activityTable ? { client: tables.client, name: facts.activityTable } : undefined,
    store: new DynamoStore(tables),
    portal: facts.portal,
    identity: facts.stackId === undefined ? async () => undefined : onlyOnce(() => findArn(facts.client.region)),
    authorizerLog: { group: facts.authorizerLog, client: facts.client },
    close: () => {
      dynamo.destroy();
      manager.destroy();
      gateway.destroy();
    },
  };
}

/** An operator's commands are recorded with who ran them, and better without that than not at all. */
async function findArn(region: string | undefined): Promise<string | undefined> {
  return (await findIdentity(region, AbortSignal.timeout(identityTime)).catch(() => undefined))?.arn;
}

function onlyOnce<Value>(ask: () => Promise<Value>): () => Promise<Value> {
  let asked: Promise<Value> | undefined;
  return () => {
    asked ??= ask();
    return asked;
  };
}

function apiKeysOf({ usagePlans }: DeploymentFacts, gateway: APIGatewayClient): ApiKeys {
  if (usagePlans === undefined) return noApiKeys;
  return usagePlans === 'none' ? noUsagePlans : new ApiGatewayKeys(gateway, usagePlans);
}
