import type { APIGatewayProxyEvent } from 'aws-lambda';
import { readCaller, toRequest } from '../../lambda/gateway/request';
import baseUrls from './base-urls.json';

const caller = { tenantId: 'tenantaaaaaa', credentialId: 'tokenaaaaaaa', scope: 'scim', profile: 'standard' } as const;

interface Case {
  readonly what: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly domainName?: string;
  readonly publicBaseUrl?: string;
  readonly baseUrl: string;
}

afterEach(() => {
  delete process.env.PUBLIC_BASE_URL;
});

test.each(baseUrls as readonly Case[])('the Base URL in responses: $what', (given) => {
  const { path, headers, domainName, publicBaseUrl, baseUrl } = given;
  if (publicBaseUrl !== undefined) process.env.PUBLIC_BASE_URL = publicBaseUrl;
  const event = { httpMethod: 'GET', path, headers, requestContext: { path, domainName, requestId: '1' } };
  expect(toRequest(event as unknown as APIGatewayProxyEvent, caller, Promise.resolve({})).baseUrl).toBe(baseUrl);
});

test('the caller has the label of its credential if there is one', () => {
  const read = (authorizer: object) =>
    readCaller({ requestContext: { authorizer } } as unknown as APIGatewayProxyEvent);
  expect(read(caller)).toEqual(caller);
  const labelled = { ...caller, credentialLabel: 'okta' };
  expect(read(labelled)).toEqual(labelled);
});

test.each(['', 'admin', undefined])('a context with the scope %j is refused', (scope) => {
  const event = { requestContext: { authorizer: { ...caller, scope } } } as unknown as APIGatewayProxyEvent;
  expect(() => readCaller(event)).toThrow(/scope/);
});
