import { gunzipSync, gzipSync } from 'node:zlib';
import type { LambdaFunction } from '../../../local/invoke';
import { type Functions, type Sent, type Served, serve } from './serve';

let served: Served | undefined;
let complaints: jest.SpyInstance;

beforeEach(() => {
  complaints = jest.spyOn(console, 'error').mockReturnValue();
});

afterEach(async () => {
  complaints.mockRestore();
  await served?.close();
});

async function open(result: () => unknown, more: Functions = {}) {
  served = await serve({ ...more, handler: (async () => await result()) as LambdaFunction });
  return (sent: Partial<Sent> = {}) =>
    (served as Served).send({
      path: '/prod/t/scim/v2/Users',
      ...sent,
      headers: { Authorization: 'Bearer x', ...sent.headers },
    });
}

const scimError = (body: Buffer) => JSON.parse(body.toString()) as { status: string; detail: string };

describe("a function's result", () => {
  it('is the response', async () => {
    const send = await open(() => ({
      statusCode: 201,
      headers: { Location: 'http://x/1', ETag: 'W/"1"', 'X-Number': 5 },
      multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] },
      body: '{"ä":1}',
    }));
    const { status, headers, body } = await send({ method: 'POST', body: '{}' });
    expect(status).toBe(201);
    expect(headers).toMatchObject({
      location: 'http://x/1',
      etag: 'W/"1"',
      'x-number': '5',
      'set-cookie': ['a=1', 'b=2'],
      'content-type': 'application/json',
      'content-length': '8',
    });
    expect(body.toString()).toBe('{"ä":1}');
  });

  it('has its body decoded from base64', async () => {
    const send = await open(() => ({ statusCode: 200, body: 'AAH/', isBase64Encoded: true }));
    expect((await send()).body).toEqual(Buffer.from([0, 1, 255]));
  });

  it('has no body after 204, and none for HEAD', async () => {
    const none = await open(() => ({ statusCode: 204, body: '' }));
    const deleted = await none({ method: 'DELETE' });
    expect(deleted.status).toBe(204);
    expect(deleted.headers).not.toHaveProperty('content-length');
    await served?.close();

    const send = await open(() => ({ statusCode: 200, body: 'hello' }));
    const { status, headers, body } = await send({ method: 'HEAD' });
    expect([status, headers['content-length'], body.length]).toEqual([200, '5', 0]);
  });

  it('has headers renamed that a REST API does not allow', async () => {
    const send = await open(() => ({ statusCode: 401, headers: { 'WWW-Authenticate': 'Bearer', Server: 'x' } }));
    const { headers } = await send();
    expect(headers).toMatchObject({ 'x-amzn-remapped-www-authenticate': 'Bearer', 'x-amzn-remapped-server': 'x' });
    expect(headers).not.toHaveProperty('www-authenticate');
  });

  const acceptances: [accepted: string | undefined, encoding: string | undefined][] = [
    ['gzip,deflate', 'gzip'],
    ['deflate', 'deflate'],
    ['GZIP;q=0.5', 'gzip'],
    ['gzip;q=0', undefined],
    ['br', undefined],
    [undefined, undefined],
  ];

  it.each(acceptances)('is compressed for Accept-Encoding %s as %s', async (accepted, encoding) => {
    const send = await open(() => ({ statusCode: 200, body: 'x'.repeat(1024) }));
    const { headers, body } = await send({ headers: accepted === undefined ? {} : { 'Accept-Encoding': accepted } });
    expect(headers['content-encoding']).toBe(encoding);
    if (encoding === 'gzip') expect(gunzipSync(body).length).toBe(1024);
    if (encoding === undefined) expect(body.length).toBe(1024);
  });

  it('is not compressed when it is small, or compressed already', async () => {
    const accept = { headers: { 'Accept-Encoding': 'gzip' } };
    const small = await open(() => ({ statusCode: 200, body: 'x'.repeat(1023) }));
    expect((await small(accept)).headers).not.toHaveProperty('content-encoding');
    await served?.close();

    const body = Buffer.alloc(2000, 'x').toString('base64');
    const send = await open(() => ({
      statusCode: 200,
      headers: { 'Content-Encoding': 'br' },
      body,
      isBase64Encoded: true,
    }));
    expect((await send(accept)).headers['content-encoding']).toBe('br');
  });

  const malformed: [why: string, result: unknown][] = [
    ['nothing', undefined],
    ['a text', 'hello'],
    ['a list', []],
    ['no status', { body: 'x' }],
    ['a status that is none', { statusCode: 'OK' }],
    ['a body that is no text', { statusCode: 200, body: { a: 1 } }],
    ['headers that are no object', { statusCode: 200, headers: 'x' }],
    ['a header that is no text', { statusCode: 200, headers: { a: {} } }],
    ['a header that cannot be sent', { statusCode: 200, headers: { a: 'x\ny' } }],
    ['a header name that cannot be sent', { statusCode: 200, headers: { 'a b': 'x' } }],
    ['more than 6 MB', { statusCode: 200, body: 'x'.repeat(6 * 1024 * 1024 + 100) }],
  ];

  it.each(malformed)('that is %s becomes 502', async (_why, result) => {
    const send = await open(() => result);
    const { status, body } = await send();
    expect(status).toBe(502);
    expect(scimError(body).status).toBe('502');
  });

  it('of just below 6 MB passes', async () => {
    const send = await open(() => ({ statusCode: 200, body: 'x'.repeat(6 * 1024 * 1024) }));
    expect((await send()).body.length).toBe(6 * 1024 * 1024);
  });
});

describe('a gateway response', () => {
  const fine = () => ({ statusCode: 200 });
  const cases: [why: string, result: () => unknown, sent: Partial<Sent>, status: number][] = [
    [
      'a function that throws',
      () => {
        throw new Error('secret words');
      },
      {},
      502,
    ],
    ['a function that takes too long', () => new Promise(() => {}), {}, 504],
    ['a body over 10 MB', fine, { method: 'POST', body: Buffer.alloc(10 * 1024 * 1024 + 1, ' ') }, 413],
    ['an event over 6 MB', fine, { method: 'POST', body: Buffer.alloc(7 * 1024 * 1024, ' ') }, 413],
    [
      'a body that explodes',
      fine,
      { method: 'POST', headers: { 'Content-Encoding': 'gzip' }, body: gzipSync(Buffer.alloc(11 * 1024 * 1024)) },
      413,
    ],
    [
      'a body that is not compressed as it says',
      fine,
      { method: 'POST', headers: { 'Content-Encoding': 'gzip' }, body: 'x' },
      400,
    ],
    ['a compression it does not know', fine, { method: 'POST', headers: { 'Content-Encoding': 'br' }, body: 'x' }, 415],
    ['a path without the stage', fine, { path: '/t/scim/v2/Users' }, 404],
    ['a path that only begins like the stage', fine, { path: '/production/t/scim/v2/Users' }, 404],
    ['a method that ANY does not stand for', fine, { method: 'PROPFIND' }, 404],
  ];

  it.each(cases)('to %s is a SCIM error', async (_why, result, sent, status) => {
    // Only what takes too long anyhow is cut short: the others may be slow.
    const send = await open(result, status === 504 ? { timeout: 200 } : {});
    const got = await send({ ...sent, headers: { 'X-Amzn-RequestId': 'chosen', ...sent.headers } });
    expect(got.status).toBe(status);
    expect(got.headers['x-amzn-requestid']).toBe('chosen');
    expect(got.headers['content-type']).toBe('application/scim+json');
    expect(scimError(got.body)).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: String(status),
      detail: expect.not.stringContaining('secret words'),
    });
    expect(scimError(got.body).detail.endsWith(` (request ${got.headers['x-amz-apigw-id']})`)).toBe(true);
  });

  it('is in the line about the request, which holds neither query nor token', async () => {
    const send = await open(fine);
    await send({ path: '/prod/t/scim/v2/Users/sst_abc_def_ghi?filter=secret' });
    const [line] = served?.lines ?? [];
    expect(line).toMatch(/^\d\d:\d\d:\d\d GET \/prod\/t\/scim\/v2\/Users\/sst_\.\.\. 200 \d+ ms$/);
  });
});
