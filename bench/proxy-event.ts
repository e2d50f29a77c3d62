import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Caller } from '../lambda/directory/request';

/** A request as the gateway passes it to a function; `path` is the part after the Base URL, with its slash. */
export function proxyEvent(
  caller: Caller,
  httpMethod: string,
  path: string,
  { query = null, body }: { readonly query?: Record<string, string> | null; readonly body?: object } = {},
): APIGatewayProxyEvent {
  const full = `/${caller.tenantId}/scim/v2${path}`;
  return {
    httpMethod,
    path: full,
    resource: full,
    headers: { 'Content-Type': 'application/scim+json', Host: 'scim.example.com' },
    queryStringParameters: query,
    isBase64Encoded: false,
    body: body ? JSON.stringify(body) : null,
    requestContext: { requestId: randomUUID(), path: `/prod${full}`, authorizer: caller },
  } as unknown as APIGatewayProxyEvent;
}
