import type { IncomingMessage, ServerResponse } from 'node:http';
import { openScim } from '../../../operator/drift/scim-source';
import { type HttpServer, serveHttp } from '../../http-server';
import { create, type DriftStage, startStage } from './tenant';

let stage: DriftStage;

beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

const scim = (url: string, wait: (milliseconds: number) => Promise<void> = async () => undefined) =>
  openScim({ url, token: 'token', wait });

test('another tenant of more than a page, nested groups included, differs where it was changed', async () => {
  const one = await stage.endpoint.createTenant({ label: 'one', profile: 'standard' });
  const two = await stage.endpoint.createTenant({ label: 'two', profile: 'standard' });
  for (const [at, tenant] of [one, two].entries()) {
    const ids: string[] = [];
    for (let user = 0; user < 120; user++) {
      const title = at === 1 && user === 7 ? 'Changed' : 'Same';
      ids.push(await create(tenant, 'Users', { userName: `user${user}`, title, active: user !== 3 }));
    }
    const all = ids.map((value) => ({ value }));
    const inner = await create(tenant, 'Groups', { displayName: 'Inner', members: all.slice(0, at === 0 ? 110 : 109) });
    await create(tenant, 'Groups', {
      displayName: 'Outer',
      members: at === 0 ? [{ value: inner, type: 'Group' }] : [],
    });
  }
  const source = openScim({ url: `${two.baseUrl}/`, token: two.token, wait: async () => undefined });
  const { findings, summary } = await stage.compare('one', [source]);
  expect(findings).toMatchObject([
    { kind: 'member extra', type: 'Group', name: 'Inner', group: 'Outer' },
    { kind: 'member extra', type: 'User', name: 'user109', group: 'Inner' },
    { kind: 'attribute', name: 'user7', attribute: 'title', expected: 'Changed', actual: 'Same' },
  ]);
  expect(summary).toMatchObject({ total: 3, users: { expected: 120, here: 120 }, groups: { expected: 2, here: 2 } });
});

describe('an endpoint that behaves badly', () => {
  let server: HttpServer;
  let answers: ((request: IncomingMessage, response: ServerResponse) => void)[];
  const json =
    (status: number, body: unknown, headers = {}) =>
    (_: IncomingMessage, response: ServerResponse) => {
      response.writeHead(status, { 'Content-Type': 'application/scim+json', ...headers }).end(JSON.stringify(body));
    };
  const empty = json(200, { totalResults: 0, Resources: [] });

  beforeAll(async () => {
    await stage.endpoint.createTenant({ label: 'empty' });
    server = await serveHttp(async (request, response) => (answers.shift() ?? empty)(request, response));
  });
  afterAll(() => server.close());

  test('it is waited for as long as Retry-After says, and at most ten minutes', async () => {
    const waits: number[] = [];
    answers = [
      json(429, {}, { 'Retry-After': '7' }),
      json(503, {}, { 'Retry-After': '90000' }),
      json(429, {}),
      json(429, {}, { 'Retry-After': new Date(Date.now() + 30_000).toUTCString() }),
    ];
    await stage.compare('empty', [
      scim(server.url, async (milliseconds) => {
        waits.push(milliseconds);
      }),
    ]);
    expect(waits.slice(0, 3)).toEqual([7_000, 600_000, 8_000]);
    expect(waits[3]).toBeLessThanOrEqual(30_000);
    expect(waits[3]).toBeGreaterThan(0);
  });

  const user = { id: '1', userName: 'anna' };
  test.each([
    ['a wrong token', json(401, {}), '/Users answers 401: check the token.'],
    ['another path', json(404, {}), '/Users answers 404: check the URL: it must be the Base URL'],
    ['a redirect', json(302, {}, { Location: 'http://127.0.0.1/' }), '/Users answers 302: it redirects'],
    ['no SCIM', json(200, []), '/Users does not answer with a JSON object'],
    ['a list without a total', json(200, { Resources: [] }), 'has no totalResults'],
    ['a resource without id', json(200, { totalResults: 1, Resources: [{}] }), 'lists a resource without id in Users'],
    ['a page that is missing', json(200, { totalResults: 1, Resources: [] }), 'says that it has 1 Users, but listed 0'],
    [
      'more than a page may have',
      (_: IncomingMessage, response: ServerResponse) => {
        response.writeHead(200);
        for (let at = 0; at < 33; at++) response.write(' '.repeat(1024 * 1024));
        response.end();
      },
      'answers with more than 32 MB',
    ],
  ])('%s is refused', async (_, answer, message) => {
    answers = [answer];
    await expect(stage.compare('empty', [scim(server.url)])).rejects.toThrow(message);
  });

  test('an endpoint that does not listen is named', async () => {
    const closed = await serveHttp(async () => undefined);
    await closed.close();
    await expect(stage.compare('empty', [scim(closed.url)])).rejects.toThrow('/Users does not answer (ECONNREFUSED)');
  });

  test('pages that repeat are noticed', async () => {
    const page = json(200, { totalResults: 3, Resources: [user] });
    answers = [page, page];
    await expect(stage.compare('empty', [scim(server.url)])).rejects.toThrow('it ignores startIndex');
  });

  test('it is not asked for ever', async () => {
    let waits = 0;
    answers = Array.from({ length: 50 }, () => json(429, {}));
    const compare = stage.compare('empty', [
      scim(server.url, async () => {
        waits++;
      }),
    ]);
    await expect(compare).rejects.toThrow('answers 429: it is still throttled');
    expect(waits).toBe(7);
  });
});

test.each([
  ['http://scim.example.com/scim/v2', 'is http, over which the token can be read on the network: use https.'],
  ['scim.example.com', 'is no Base URL of a SCIM endpoint'],
  ['file:///etc/passwd', 'is no Base URL of a SCIM endpoint'],
  ['https://user@example.com/scim', 'is no Base URL of a SCIM endpoint'],
])('the token is not sent to %s', (url, message) => {
  expect(() => scim(url)).toThrow(message);
});
