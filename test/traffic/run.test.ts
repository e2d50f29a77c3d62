import { gzipSync } from 'node:zlib';
import { cleanUp } from '../../traffic/cleanup';
import type { Flow, FlowRequest, Step } from '../../traffic/flow';
import { describeFailures } from '../../traffic/report';
import { runFlow } from '../../traffic/run';
import { type Heard, type Scripted, type ScriptedServer, startScriptedServer } from './scripted-server';

let server: ScriptedServer;
let answer: (heard: Heard) => Scripted | Promise<Scripted>;

beforeEach(async () => {
  answer = () => ({ status: 200, body: '{"id":"7","Resources":[{"id":"a"},{"id":"b"}]}' });
  server = await startScriptedServer((heard) => answer(heard));
});
afterEach(() => server.close());

const target = () => ({
  baseUrl: server.baseUrl,
  token: 'sst_secret_zz',
  profile: 'standard',
  otherToken: 'other-secret',
  otherBaseUrl: `${server.baseUrl}/other`,
});

const flowOf = (steps: readonly Step[], rest: Partial<Flow> = {}): Flow => ({
  name: 'test/flow',
  description: 'a test',
  source: ['here'],
  profiles: ['standard'],
  steps,
  ...rest,
});

const request = (outgoing: FlowRequest, rest: object = {}): Step => ({
  name: 'request',
  request: outgoing,
  expect: { status: 200 },
  ...rest,
});

const heardPaths = () => server.heard.map(({ path }) => path.replace('/scim/v2', ''));
const lastBody = (): unknown => JSON.parse(server.heard.at(-1)?.body ?? 'null');

test.each([
  '//Users',
  '/Users?filter=userName+eq+%22a%22&',
  '/Users/7?',
  '/Users?filter=x"y"',
  '/Users/../x',
  '/Users?cursor',
])('the path %s goes out as written', async (path) => {
  await runFlow(flowOf([request({ method: 'GET', path })]), target());
  expect(heardPaths()).toEqual([path]);
});

test('variables are percent-encoded in a path and plain in a body', async () => {
  const step = request({ method: 'POST', path: '/Users?filter=%22${who}%22', body: { who: '${who}', '${who}!': 1 } });
  await runFlow(flowOf([step], { variables: { who: 'a+b "c"@x' } }), target());
  expect(heardPaths()).toEqual(['/Users?filter=%22a%2Bb%20%22c%22%40x%22']);
  expect(lastBody()).toEqual({ who: 'a+b "c"@x', 'a+b "c"@x!': 1 });
});

test('a captured body is sent back with changes, and keeps its types', async () => {
  answer = () => ({
    status: 200,
    body: '{"id":"7","active":true,"meta":{"version":1},"emails":[{"type":"work","value":"a"}]}',
  });
  const steps = [
    request({ method: 'GET', path: '/Users/7' }, { capture: { found: '', id: '/id' } }),
    request({
      method: 'PUT',
      path: '/Users/${id}',
      bodyFrom: '${found}',
      set: { '/active': false, '/name/givenName': 'N', '/emails/[type=work]/value': 'b' },
      without: ['/meta/version'],
    }),
  ];
  const result = await runFlow(flowOf(steps), target());
  expect(describeFailures(result)).toBe('');
  expect(lastBody()).toEqual({
    id: '7',
    active: false,
    meta: {},
    name: { givenName: 'N' },
    emails: [{ type: 'work', value: 'b' }],
  });
});

test('`__proto__` in a body goes out as an attribute name', async () => {
  const body = JSON.parse('{"__proto__":{"admin":true},"constructor":1}') as FlowRequest['body'];
  await runFlow(flowOf([request({ method: 'POST', path: '/Users', body: body ?? null })]), target());
  expect(server.heard[0]?.body).toBe('{"__proto__":{"admin":true},"constructor":1}');
});

test('`bodySize` pads the body to so many bytes of JSON', async () => {
  await runFlow(flowOf([request({ method: 'POST', path: '/Users', body: { a: 'é' }, bodySize: 5000 })]), target());
  expect(Buffer.byteLength(server.heard[0]?.body ?? '')).toBe(5000);
  expect(lastBody()).toEqual({ a: 'é' });
});

test('repeated text and letter case are made by placeholders', async () => {
  const step = request({ method: 'POST', path: '/Users', rawBody: `{"a":[\${'1,'*3}1],"b":"\${who|upper}"}` });
  await runFlow(flowOf([step], { variables: { who: 'me' } }), target());
  expect(lastBody()).toEqual({ a: [1, 1, 1, 1], b: 'ME' });
});

test.each([
  ['valid', 'Bearer sst_secret_zz'],
  ['none', undefined],
  ['garbled', 'Bearer sst_secret_00'],
  ['other', 'Bearer other-secret'],
] as const)('token "%s" sends %s', async (token, header) => {
  await runFlow(flowOf([request({ method: 'GET', path: '/Users', token })]), target());
  expect(server.heard[0]?.headers.authorization).toBe(header);
});

test('the client writes its own headers, the scheme of the token included', async () => {
  const headers = { Authorization: 'bearer ${token}', 'User-Agent': 'Okta SCIM Client 1.0.0' };
  await runFlow(flowOf([request({ method: 'GET', path: '/Users' })], { headers }), target());
  expect(server.heard[0]?.headers).toMatchObject({
    authorization: 'bearer sst_secret_zz',
    'user-agent': headers['User-Agent'],
  });
});

test('a request can go to the Base URL of another tenant', async () => {
  await runFlow(flowOf([request({ method: 'GET', path: '/Users', tenant: 'other' })]), target());
  expect(heardPaths()).toEqual(['/other/Users']);
});

test('a step is sent for each row, at most so many at once', async () => {
  let running = 0;
  let most = 0;
  answer = async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    return { status: 200, body: '{}' };
  };
  const each = Array.from({ length: 12 }, (_, number) => ({ number }));
  const steps = [
    { name: 'rows', each, concurrency: 3, steps: [request({ method: 'GET', path: '/${number}/${index}' }) as never] },
  ];
  await runFlow(flowOf(steps), target());
  expect(new Set(heardPaths())).toEqual(new Set(each.map(({ number }) => `/${number}/${number + 1}`)));
  expect(most).toBeLessThanOrEqual(3);
});

test('what is collected over rounds and pages can be checked', async () => {
  const list = request({ method: 'GET', path: '/Users' }, { collect: { ids: '/Resources/*/id' } });
  const check = { name: 'all', check: '${ids}', is: { sameSet: ['a', 'a', 'b', 'b'] } };
  const right = await runFlow(flowOf([{ name: 'twice', times: 2, steps: [list as never] }, check]), target());
  expect(describeFailures(right)).toBe('');
  const wrong = await runFlow(flowOf([list, check]), target());
  expect(wrong.failed.map(({ step }) => step)).toEqual(['all']);
});

test('a step that lacks a variable is not sent, and counts as failed', async () => {
  const result = await runFlow(flowOf([request({ method: 'GET', path: '/Users/${id}' })]), target());
  expect(server.heard).toHaveLength(0);
  expect(describeFailures(result)).toContain('${id} has no value');
});

test('a step of another profile is left out', async () => {
  await runFlow(flowOf([request({ method: 'GET', path: '/Users' }, { profiles: ['identity-center'] })]), target());
  expect(server.heard).toHaveLength(0);
});

test('a missing response is a failure of the step', async () => {
  await server.close();
  const result = await runFlow(flowOf([request({ method: 'GET', path: '/Users' })]), target());
  expect(describeFailures(result)).toContain('no response: ');
});

test('a request that HTTP cannot carry is a failure of the step', async () => {
  const result = await runFlow(flowOf([request({ method: 'GET', path: '/a path with spaces' })]), target());
  expect(describeFailures(result)).toContain('no response: Request path contains unescaped characters');
});

test('a gzipped response is read', async () => {
  const headers = { 'Content-Encoding': 'gzip' };
  answer = () => ({ status: 200, headers, body: gzipSync('{"id":"7"}') });
  const step = request({ method: 'GET', path: '/Users/7' }, { expect: { body: { '/id': '7' } } });
  expect(describeFailures(await runFlow(flowOf([step]), target()))).toBe('');
});

test('a check can keep a value that it made', async () => {
  const make = { name: 'make', check: { value: '${item}' }, is: { type: 'object' }, collect: { members: '' } } as const;
  const steps: readonly Step[] = [
    { name: 'rounds', each: '${ids}', steps: [make] },
    { name: 'made', check: '${members}', is: { equals: [{ value: 'a' }, { value: 'b' }] } },
  ];
  const result = await runFlow(flowOf(steps, { variables: { ids: ['a', 'b'] } }), target());
  expect(describeFailures(result)).toBe('');
});

test('a report shows request, response and expectation, and no token', async () => {
  answer = () => ({ status: 500, body: '{"detail":"broken"}' });
  const result = await runFlow(
    flowOf([request({ method: 'POST', path: '/Users', body: { userName: 'u' } })]),
    target(),
  );
  const report = describeFailures(result);
  for (const part of [
    'test/flow: request',
    'expected 200, got 500',
    'POST http',
    '{"userName":"u"}',
    '{"detail":"broken"}',
  ]) {
    expect(report).toContain(part);
  }
  expect(report).not.toContain('sst_secret_zz');
});

test('the clean-up deletes what was created, newest first', async () => {
  const ids = ['1', '2'];
  answer = ({ method }) => (method === 'DELETE' ? { status: 204 } : { status: 201, body: `{"id":"${ids.shift()}"}` });
  const create = request({ method: 'POST', path: '/Users?attributes=id', body: {} }, { expect: { status: 201 } });
  const result = await runFlow(flowOf([create, create]), target());
  expect(await cleanUp(result, target())).toEqual([]);
  expect(heardPaths().slice(2)).toEqual(['/Users/2', '/Users/1']);
});
