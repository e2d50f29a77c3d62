import { json } from 'node:stream/consumers';
import { CreateTableCommand, DeleteTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { ActivityTable } from '../../lambda/store/activity';
import { documentClient } from '../../lambda/store/document-client';
import type { Tables } from '../../lambda/store/tables';
import { openEngine } from '../../local/engine/engine';
import { tableDefinitions } from '../../local/table-definitions';
import { serveHttp } from '../http-server';

/** Fresh tables on a real engine: DynamoDB's protocol over HTTP, as the handlers use it. */
export interface OpenTables {
  readonly tables: Tables & { readonly client: DynamoDBDocumentClient };
  readonly activity: ActivityTable;
  /** The client below that of the tables. */
  readonly client: DynamoDBClient;
  close(): Promise<void>;
}

/**
 * Opens tables on the embedded engine, or on the endpoint that SCIM_TEST_DYNAMODB_ENDPOINT names (DynamoDB Local, an
 * emulator; `aws` for the account and region of the environment).
 */
export async function openTables(): Promise<OpenTables> {
  const named = process.env.SCIM_TEST_DYNAMODB_ENDPOINT;
  const embedded = named === undefined ? await serveEngine() : undefined;
  const endpoint = embedded?.url ?? named ?? '';
  const client = new DynamoDBClient(
    endpoint === 'aws'
      ? {}
      : { endpoint, region: 'eu-west-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } },
  );
  const prefix = `scim-test-${process.pid}-${Date.now().toString(36)}-`;
  const names = { directory: `${prefix}directory`, memberships: `${prefix}memberships`, activity: `${prefix}activity` };
  await Promise.all(
    tableDefinitions(names).map(async (definition) => {
      await client.send(new CreateTableCommand(definition));
      await untilActive(client, definition.TableName ?? '');
    }),
  );
  const { activity, ...others } = names;
  const document = documentClient(client);
  return {
    tables: { client: document, ...others },
    activity: { client: document, name: activity },
    client,
    close: async () => {
      // The embedded engine ends with the process; elsewhere the tables must be deleted.
      if (!embedded) {
        await Promise.all(Object.values(names).map((TableName) => client.send(new DeleteTableCommand({ TableName }))));
      }
      client.destroy();
      await embedded?.close();
    },
  };
}

async function untilActive(client: DynamoDBClient, TableName: string): Promise<void> {
  for (;;) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    if (Table?.TableStatus === 'ACTIVE') return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function serveEngine(): Promise<{ url: string; close: () => Promise<void> }> {
  const engine = await openEngine({});
  const server = await serveHttp(async (request, response) => {
    // A handler opens its connection before its first call.
    if (request.method === 'GET') return response.end();
    const { status, body } = await engine.call(String(request.headers['x-amz-target']), await json(request));
    return response.writeHead(status, { 'Content-Type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
  });
  return {
    url: server.url,
    close: async () => {
      await server.close();
      await engine.close();
    },
  };
}
