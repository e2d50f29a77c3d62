import { randomBytes } from 'node:crypto';
import type { APIGatewayEventDefaultAuthorizerContext, APIGatewayProxyEvent } from 'aws-lambda';
import { account } from '../engine/call-store';
import type { Received } from './received';

export const apiId = 'local';

/** A request that has a route and is authorized. */
export interface Routed {
  readonly received: Received;
  readonly stage: string;
  /** The path without the stage, as it was sent. */
  readonly path: string;
  /** The route in API Gateway's notation. */
  readonly resource: string;
  readonly parameters: Readonly<Record<string, string>> | null;
  /** What the authorizer says; absent where anybody may call. */
  readonly authorizer: Readonly<Record<string, string>> | undefined;
}

/** Headers that a function does not get: they describe the connection, or the compression of the body. */
const droppedHeaders: ReadonlySet<string> = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'keep-alive',
  'transfer-encoding',
]);

/** The event of a REST API's Lambda proxy integration. */
export function toProxyEvent(routed: Routed): APIGatewayProxyEvent {
  const { received, path, resource, parameters } = routed;
  const headers = listByName(forwardedHeaders(received));
  const query = listByName(parseQuery(received.query));
  return {
    resource,
    path,
    httpMethod: received.method,
    headers: last(headers) ?? {},
    multiValueHeaders: headers ?? {},
    queryStringParameters: last(query),
    multiValueQueryStringParameters: query,
    pathParameters: parameters,
    stageVariables: null,
    requestContext: toContext(routed),
    ...encodeBody(received.body),
  };
}

function toContext({ received, stage, resource, authorizer }: Routed): APIGatewayProxyEvent['requestContext'] {
  const { header, time } = received;
  const domainName = header.host ?? '';
  return {
    accountId: account,
    apiId,
    authorizer: (authorizer && { ...authorizer, integrationLatency: 0 }) as APIGatewayEventDefaultAuthorizerContext,
    domainName,
    domainPrefix: domainName.split(/[.:]/)[0] ?? '',
    extendedRequestId: received.extendedId,
    httpMethod: received.method,
    identity: {
      accessKey: null,
      accountId: null,
      apiKey: null,
      apiKeyId: null,
      caller: null,
      clientCert: null,
      cognitoAuthenticationProvider: null,
      cognitoAuthenticationType: null,
      cognitoIdentityId: null,
      cognitoIdentityPoolId: null,
      principalOrgId: null,
      sourceIp: received.address,
      user: null,
      userAgent: header['user-agent'] ?? null,
      userArn: null,
    },
    path: received.path,
    protocol: 'HTTP/1.1',
    requestId: received.id,
    requestTime: requestTime(time),
    requestTimeEpoch: time.getTime(),
    resourceId: Buffer.from(resource).toString('hex').slice(-6),
    resourcePath: resource,
    stage,
  };
}

/**
 * The headers for the function, with those that the gateway adds. Unlike AWS, this keeps an `X-Forwarded-Proto` that was
 * sent, because behind a tunnel only the tunnel knows the client's protocol.
 */
function forwardedHeaders({ headers, header, address, time }: Received): readonly Pair[] {
  const sent = headers.filter(([name]) => {
    const lower = name.toLowerCase();
    return !droppedHeaders.has(lower) && !lower.startsWith('x-forwarded-') && lower !== 'x-amzn-trace-id';
  });
  const seconds = Math.floor(time.getTime() / 1000).toString(16);
  const forwardedFor = header['x-forwarded-for'];
  return [
    ...sent,
    ['X-Amzn-Trace-Id', `Root=1-${seconds}-${randomBytes(12).toString('hex')}`],
    ['X-Forwarded-For', forwardedFor === undefined ? address : `${forwardedFor}, ${address}`],
    ['X-Forwarded-Port', header.host?.split(':')[1] ?? '80'],
    ['X-Forwarded-Proto', String(header['x-forwarded-proto'] ?? 'http')],
  ];
}

type Pair = readonly [name: string, value: string];

/** Query parameters, decoded once. An invalid encoding is left unchanged. */
function parseQuery(query: string): readonly Pair[] {
  return query
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const [, name = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(part) ?? [];
      return [decode(name), decode(value)];
    });
}

function decode(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

function listByName(pairs: readonly Pair[]): Record<string, string[]> | null {
  if (pairs.length === 0) return null;
  const lists = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    const list = lists.get(name);
    if (list) list.push(value);
    else lists.set(name, [value]);
  }
  return Object.fromEntries(lists);
}

function last(lists: Readonly<Record<string, readonly string[]>> | null): Record<string, string> | null {
  return lists && Object.fromEntries(Object.entries(lists).map(([name, values]) => [name, values.at(-1) ?? '']));
}

/** Without binary media types a body is text: U+FFFD stands in the place of bytes that are not UTF-8. */
function encodeBody(body: Buffer): Pick<APIGatewayProxyEvent, 'body' | 'isBase64Encoded'> {
  return { body: body.length === 0 ? null : body.toString('utf8'), isBase64Encoded: false };
}

/** `09/Apr/2015:12:34:56 +0000` */
function requestTime(time: Date): string {
  const [, day, month, year, clock] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(time.toUTCString()) ?? [];
  return `${day}/${month}/${year}:${clock} +0000`;
}
