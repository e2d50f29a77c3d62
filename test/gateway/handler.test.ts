import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { ScimResponse, Services } from '../../lambda/directory/request';
import { scimHandler } from '../../lambda/gateway/handler';
import { ScimError } from '../../lambda/scim/message/error';
import { profiles } from '../../lambda/scim/schema/profiles';

const secret = 'anna@example.com';
const services = { now: () => new Date('2026-11-24T07:12:45.123Z') } as Services;

function event(more: Partial<APIGatewayProxyEvent> = {}, path = '/tenantaaaaaa/scim/v2/Users'): APIGatewayProxyEvent {
  return {
    httpMethod: 'GET',
    path,
    resource: '/{tenantId}/scim/v2/Users',
    headers: { Authorization: 'Bearer sst_secret', Host: 'scim.example.com' },
    queryStringParameters: { filter: `userName eq "${secret}"` },
    body: null,
    isBase64Encoded: false,
    requestContext: {
      requestId: 'chosen-by-the-client',
      extendedRequestId: 'request-1',
      domainName: 'scim.example.com',
      path: `/prod${path}`,
      authorizer: { tenantId: 'tenantaaaaaa', credentialId: 'tokenaaaaaaa', scope: 'scim', profile: 'identity-center' },
    },
    ...more,
  } as APIGatewayProxyEvent;
}

async function run(handle: () => Promise<ScimResponse> | ScimResponse, sent = event()) {
  const lines: Readonly<Record<string, unknown>>[] = [];
  const handler = scimHandler(
    [
      {
        path: ['Users'],
        methods: new Map([
          ['GET', handle],
          ['POST', handle],
        ]),
      },
    ],
    services,
    {
      deployment: 'directory',
      function: 'users',
      log: (entry) => lines.push(entry),
      recordUse: async () => {},
      state: async () => ({}),
      consumption: () => ({ readUnits: 0, writeUnits: 0, conflicts: 0 }),
    },
  );
  const result = await handler(sent);
  return { result, lines, body: result.body === '' ? undefined : JSON.parse(result.body) };
}

test('an unknown failure is a bare 500 for the client and a full line in the log', async () => {
  const { body, lines, result } = await run(() => {
    throw new Error('table directory is on fire');
  });
  expect(result.statusCode).toBe(500);
  expect(body).toEqual({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: '500',
    detail: expect.stringMatching(/^(?!.*fire).*\. .*\(request request-1\)$/),
    exceptionRequestId: 'request-1',
    timeStamp: '2026-11-24 07:12:45.123',
  });
  expect(JSON.stringify(lines[0])).toContain('table directory is on fire');
});

test.each(['ValidationException', 'SerializationException'])(
  'what AWS says of the form of a request stays out of the log, also as a cause: %s repeats what was sent',
  async (name) => {
    const refused = Object.assign(new Error(`Value '${secret}' at 'item' is too long`), { name });
    for (const error of [refused, new Error('The item cannot be written.', { cause: refused })]) {
      const { lines } = await run(() => {
        throw error;
      });
      const text = JSON.stringify(lines[0]);
      expect(text).toContain(name);
      expect(text).toContain('handler.test.ts');
      expect(text).not.toContain(secret);
    }
  },
);

test('a failed connection is logged by its code, because it has no message', async () => {
  const { lines } = await run(() => {
    throw Object.assign(new AggregateError([], 'refused'), { message: '', code: 'ECONNREFUSED' });
  });
  expect(lines[0]).toMatchObject({ level: 'error', error: { name: 'AggregateError', code: 'ECONNREFUSED' } });
});

test('501 is neither an error of the client nor a failure of the endpoint', async () => {
  const { lines } = await run(() => {
    throw new ScimError(501, undefined, 'There is no /Me.');
  });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({ level: 'info', ServerErrors: 0, NotImplemented: 1, Requests: 1 });
});

test('an error that was meant goes out with its headers, and is not logged as a failure', async () => {
  const { result, lines } = await run(() => {
    throw new ScimError(429, undefined, 'busy', { 'Retry-After': '2' });
  });
  expect(result.headers).toEqual({
    'Retry-After': '2',
    'Content-Type': 'application/scim+json',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({ Throttled: 1, ClientErrors: 1, ServerErrors: 0 });
});

test('each request is one line, without token, filter, query or name', async () => {
  const { lines } = await run(() => ({ status: 200, body: { userName: secret } }));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({ requestId: 'request-1', tenantId: 'tenantaaaaaa', status: 200, method: 'GET' });
  const text = JSON.stringify(lines);
  expect(text).not.toContain(secret);
  expect(text).not.toContain('sst_');
});

test('a path that names another tenant is refused even if the gateway allowed it', async () => {
  const { result } = await run(() => ({ status: 200 }), event({}, '/tenantbbbbbb/scim/v2/Users'));
  expect(result.statusCode).toBe(403);
});

test('an event without the authorizer’s findings is a failure of the deployment, not a request', async () => {
  const sent = event();
  const { result } = await run(() => ({ status: 200 }), {
    ...sent,
    requestContext: {
      ...sent.requestContext,
      authorizer: { tenantId: 'tenantaaaaaa', credentialId: 't', scope: 'scim', profile: '__proto__' },
    },
  } as APIGatewayProxyEvent);
  expect(result.statusCode).toBe(500);
});

test.each([
  ['application/scim+json', 200],
  ['application/json; charset=utf-8', 200],
  ['APPLICATION/SCIM+JSON', 200],
  ['text/plain', 415],
  ['application/x-www-form-urlencoded', 415],
])('a body of type %s is answered with %i', async (type, status) => {
  const { result } = await run(
    () => ({ status: 200 }),
    event({ httpMethod: 'POST', body: '{}', headers: { 'content-type': type } }),
  );
  expect(result.statusCode).toBe(status);
});

test('the profile’s sentence is in front of what is invalid', async () => {
  const { body } = await run(() => ({ status: 200 }), event({ httpMethod: 'POST', body: '{' }));
  expect(body.detail.startsWith(profiles['identity-center'].errorPrefix)).toBe(true);
});
