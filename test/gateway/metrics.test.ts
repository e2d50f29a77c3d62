import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { ProxyHandler } from '../../lambda/gateway/handler';
import { type OpenTables, openTables } from '../store/open-tables';

interface Directive {
  readonly Namespace: string;
  readonly Dimensions: readonly (readonly string[])[];
  readonly Metrics: readonly { readonly Name: string }[];
}

type Line = Readonly<Record<string, unknown>> & { readonly _aws: { readonly CloudWatchMetrics: readonly Directive[] } };

let open: OpenTables;
let handler: ProxyHandler;

beforeAll(async () => {
  open = await openTables();
  const { client, directory, memberships } = open.tables;
  const { protocol, hostname, port } = (await client.config.endpoint?.()) ?? {};
  Object.assign(process.env, {
    DIRECTORY_TABLE: directory,
    MEMBERSHIPS_TABLE: memberships,
    AWS_ENDPOINT_URL: `${protocol}//${hostname}:${port}`,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
  // Not an import: a handler reads its environment when it is loaded.
  ({ handler } = require('../../lambda/users') as { handler: ProxyHandler });
});
afterAll(() => open.close());

/** An event as API Gateway sends it after the authorizer. */
function event(httpMethod: string, id: string, body?: object): APIGatewayProxyEvent {
  const path = `/tenantaaaaaa/scim/v2/Users${id}`;
  return {
    httpMethod,
    path,
    resource: `/{tenantId}/scim/v2/Users${id ? '/{id}' : ''}`,
    headers: { 'content-type': 'application/scim+json', host: 'scim.example.com' },
    multiValueHeaders: {},
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: null,
    stageVariables: null,
    body: body ? JSON.stringify(body) : null,
    isBase64Encoded: false,
    requestContext: {
      requestId: 'request-1',
      path: `/prod${path}`,
      authorizer: { tenantId: 'tenantaaaaaa', credentialId: 'tokenaaaaaaa', scope: 'scim', profile: 'standard' },
    },
  } as unknown as APIGatewayProxyEvent;
}

/** Invokes the function as Lambda does; returns its response, and the line that it sends to CloudWatch. */
async function invoke(sent: APIGatewayProxyEvent): Promise<{ status: number; id: string; line: Line }> {
  const written: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => written.push(String(chunk)) > 0);
  const { statusCode, body } = await handler(sent).finally(() => write.mockRestore());
  const lines = written.map((line) => JSON.parse(line)).filter(({ _aws }) => _aws !== undefined);
  expect(lines).toHaveLength(1);
  return { status: statusCode, id: body ? JSON.parse(body).id : '', line: lines[0] };
}

/** The metrics that CloudWatch makes of a line: `<dimensions> <metric>` → value. */
function metricsIn({ _aws, ...line }: Line): Record<string, unknown> {
  const entries = _aws.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
    Dimensions.flatMap((names) =>
      Metrics.map(({ Name }) => {
        const dimensions = names.map((name) => `${name}=${line[name]}`).join(',');
        return [`${Namespace} ${dimensions} ${Name}`, line[Name]];
      }),
    ),
  );
  return Object.fromEntries(entries);
}

test('a request is counted by function and deployment, its consumption by deployment', async () => {
  const { status, line } = await invoke(event('POST', '', { userName: 'anna' }));
  expect(status).toBe(201);
  const deployment = `ServerlessScim DirectoryTable=${open.tables.directory}`;
  expect(metricsIn(line)).toEqual({
    [`${deployment},Function=users Requests`]: 1,
    [`${deployment},Function=users ClientErrors`]: 0,
    [`${deployment},Function=users ServerErrors`]: 0,
    [`${deployment},Function=users Throttled`]: 0,
    [`${deployment},Function=users Latency`]: expect.any(Number),
    // The state of the tenant, which each process reads once in a while before it writes.
    [`${deployment} ReadUnits`]: 1,
    [`${deployment} WriteUnits`]: expect.any(Number),
    [`${deployment} Conflicts`]: 0,
    [`${deployment} NotImplemented`]: 0,
    [`${deployment} Paused`]: 0,
    [`${deployment} Held`]: 0,
  });
});

test('a request is charged with its own units only', async () => {
  const { id, line: created } = await invoke(event('POST', '', { userName: 'ben' }));
  expect(created.WriteUnits).toBeGreaterThanOrEqual(2);
  const { line: read } = await invoke(event('GET', `/${id}`));
  expect(read).toMatchObject({ Requests: 1, ReadUnits: expect.any(Number), WriteUnits: 0 });
  expect(read.ReadUnits).toBeGreaterThan(0);
  const { status, line: refused } = await invoke(event('POST', '', { userName: 7 }));
  expect(status).toBe(400);
  expect(refused).toMatchObject({ ClientErrors: 1, ReadUnits: 0, WriteUnits: 0 });
});
