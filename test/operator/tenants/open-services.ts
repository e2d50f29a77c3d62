import { json } from 'node:stream/consumers';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Tables } from '../../../lambda/store/tables';
import { openEngine } from '../../../local/engine/engine';
import { createSecretsManager } from '../../../local/secrets-manager';
import { tableDefinitions } from '../../../local/table-definitions';
import { DynamoTenantStore } from '../../../operator/store/tenant-store';
import { SecretsManagerStore } from '../../../operator/tenants/secret-store';
import { serveHttp } from '../../http-server';

export interface OpenServices {
  readonly tables: Tables;
  readonly tenants: DynamoTenantStore;
  readonly secrets: SecretsManagerStore;
  close(): Promise<void>;
}

/** Fresh tables and secrets on the embedded engine, reached over HTTP as in AWS. */
export async function openServices(): Promise<OpenServices> {
  const engine = await openEngine({});
  const manager = createSecretsManager(engine.database);
  const server = await serveHttp(async (request, response) => {
    const target = String(request.headers['x-amz-target']);
    const service = target.startsWith('secretsmanager.') ? manager : engine;
    const { status, body } = await service.call(target, await json(request));
    response.writeHead(status, { 'Content-Type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
  });
  const options = {
    endpoint: server.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  const dynamo = new DynamoDBClient(options);
  const secrets = new SecretsManagerClient(options);
  const names = { directory: 'directory', memberships: 'memberships', activity: 'activity' };
  for (const definition of tableDefinitions(names)) await dynamo.send(new CreateTableCommand(definition));
  const tables = { client: DynamoDBDocumentClient.from(dynamo), ...names };
  return {
    tables,
    tenants: new DynamoTenantStore(tables),
    secrets: new SecretsManagerStore(secrets, 'test/tokens'),
    close: async () => {
      dynamo.destroy();
      secrets.destroy();
      await server.close();
      await engine.close();
    },
  };
}
