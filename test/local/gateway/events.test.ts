import { gzipSync } from 'node:zlib';
import cases from './events.json';
import { type Sent, type Served, serve } from './serve';

interface Case {
  readonly name: string;
  readonly send: Sent;
  readonly event: object;
  readonly function?: string;
  readonly absentHeaders?: readonly string[];
  readonly ownQuery?: readonly string[];
}

let served: Served;

beforeAll(async () => {
  served = await serve({});
});

afterAll(() => served.close());

const send = (sent: Sent) => served.send({ ...sent, headers: { Authorization: 'Bearer x', ...sent.headers } });
const lastEvent = () => served.events.at(-1);

describe('the event of a request', () => {
  it.each(cases as Case[])('$name', async ({ send: sent, event, ...more }) => {
    const { status, body } = await send(sent);

    expect(status).toBe(200);
    expect(lastEvent()).toMatchObject(event);
    if (more.function) expect(body.toString()).toBe(more.function);
    const names = Object.keys(lastEvent()?.headers ?? {}).map((name) => name.toLowerCase());
    for (const name of more.absentHeaders ?? []) expect(names).not.toContain(name);
    if (more.ownQuery) expect(Object.keys(lastEvent()?.queryStringParameters ?? {})).toEqual(more.ownQuery);
  });

  it('has ids and times in the formats of API Gateway', async () => {
    const { headers } = await send({ path: '/prod/t/scim/v2/Users' });
    const { requestContext, headers: seen } = lastEvent() ?? {};
    expect(requestContext?.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers['x-amzn-requestid']).toBe(requestContext?.requestId);
    expect(requestContext?.extendedRequestId).toMatch(/^[\w+/]{15}=$/);
    expect(headers['x-amz-apigw-id']).toBe(requestContext?.extendedRequestId);
    expect(requestContext?.requestTime).toMatch(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/);
    expect(typeof requestContext?.requestTimeEpoch).toBe('number');
    expect(seen?.['X-Amzn-Trace-Id']).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/);
  });

  it('has the id that a client asks for, and one that it cannot choose', async () => {
    await send({ path: '/prod/t/scim/v2/Users', headers: { 'X-Amzn-RequestId': 'mine' } });
    expect(lastEvent()?.requestContext).toMatchObject({
      requestId: 'mine',
      extendedRequestId: expect.not.stringContaining('mine'),
    });
  });

  it('has a compressed body decompressed', async () => {
    await send({
      method: 'POST',
      path: '/prod/t/scim/v2/Users',
      headers: { 'Content-Encoding': 'gzip' },
      body: gzipSync('{"userName":"x"}'),
    });
    expect(lastEvent()).toMatchObject({ body: '{"userName":"x"}', isBase64Encoded: false });
    expect(lastEvent()?.headers).not.toHaveProperty('Content-Encoding');
  });

  it('has a body that is not UTF-8 as text, with U+FFFD in the place of what is not', async () => {
    const body = Buffer.from([0x7b, 0xff, 0x7d]);
    await send({ method: 'POST', path: '/prod/t/scim/v2/Users', body });
    expect(lastEvent()).toMatchObject({ body: '{\ufffd}', isBase64Encoded: false });
  });
});
