import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { answerMessages } from './profile-child';
import { requestNamed, type Sent, type Target } from './profile-requests';
import { proxyEvent } from './proxy-event';

type Handler = (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult>;

/**
 * The functions of a folder of bundles, in this process, which has nothing else to do. They call what the environment names.
 * Arguments: the folder, and the tenant as JSON.
 */
function main([folder = '', target = '']: readonly string[]): void {
  const tenant = JSON.parse(readFileSync(target, 'utf8')) as Target;
  const caller = {
    tenantId: tenant.tenantId,
    credentialId: 'tokenaaaaaaa',
    scope: 'scim',
    profile: 'standard',
  } as const;
  const load = (name: string) => (require(join(folder, name, 'index.js')) as { handler: Handler }).handler;
  const handlers: Readonly<Record<string, Handler>> = { Users: load('users'), Groups: load('groups') };
  // Log lines go to CloudWatch, at no cost of ours.
  process.stdout.write = () => true;

  const send = async ({ method, path, body, status }: Sent) => {
    const url = new URL(path, 'http://local');
    const [, collection = '', id] = url.pathname.split('/');
    const query = url.search ? Object.fromEntries(url.searchParams) : null;
    const event = proxyEvent(caller, method, url.pathname, { query, ...(body && { body }) });
    const resource = `/{tenantId}/scim/v2/${collection}${id === undefined ? '' : '/{id}'}`;
    const pathParameters = { tenantId: tenant.tenantId, ...(id !== undefined && { id }) };
    const result = await handlers[collection]?.({ ...event, resource, pathParameters });
    if (result?.statusCode !== status)
      throw new Error(`${method} ${path} returned ${result?.statusCode}: ${result?.body}`);
  };
  answerMessages({}, (name, at) => send(requestNamed(name, tenant, at)));
}

main(process.argv.slice(2));
