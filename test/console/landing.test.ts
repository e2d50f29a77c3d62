import { type LocalEndpoint, startLocal } from '../cli/local-endpoint';
import { send } from './client';

let endpoint: LocalEndpoint;

beforeAll(async () => {
  endpoint = await startLocal({ console: true });
});

afterAll(() => endpoint.close());

/** What a browser sends when a person types the address. */
const typed = (host: string) => ({
  Host: host,
  Accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
  'Sec-Fetch-Mode': 'navigate',
  'Sec-Fetch-Dest': 'document',
  'Sec-Fetch-Site': 'none',
});

const open = (headers: Record<string, string>, method = 'GET') => send(`${endpoint.url}/`, { method, headers });

test.each(['127.0.0.1', 'localhost'])('a person who types http://%s lands in the console', async (name) => {
  const { status, headers } = await open(typed(`${name}:${new URL(endpoint.url).port}`));
  expect([status, headers.location]).toEqual([302, endpoint.console]);
  expect(headers['cache-control']).toBe('no-store');
});

test.each([
  ['a link of another site', { 'Sec-Fetch-Site': 'cross-site' }],
  ['another program on this machine', { 'Sec-Fetch-Site': 'same-site' }],
  ['a frame', { 'Sec-Fetch-Dest': 'iframe' }],
  ['a script', { 'Sec-Fetch-Mode': 'cors', 'Sec-Fetch-Dest': 'empty' }],
  ['a script that asks for no answer', { 'Sec-Fetch-Mode': 'no-cors', 'Sec-Fetch-Dest': 'empty' }],
  ['an image', { 'Sec-Fetch-Mode': 'no-cors', 'Sec-Fetch-Dest': 'image' }],
  ['another name of this machine (DNS rebinding)', { Host: 'evil.example' }],
] as [string, Record<string, string>][])('%s gets the text about the endpoint, not the secret', async (_, changes) => {
  const { status, headers, body } = await open({ ...typed(new URL(endpoint.url).host), ...changes });
  expect(status).toBe(200);
  expect(body).toContain('A SCIM endpoint runs here');
  expect(JSON.stringify(headers) + body).not.toContain('secret');
});

test('a form that posts to it gets no secret', async () => {
  const { headers, body } = await open(typed(new URL(endpoint.url).host), 'POST');
  expect(JSON.stringify(headers) + body).not.toContain('secret');
});

test('a program gets the text about the endpoint', async () => {
  const { status, body } = await open({ Host: new URL(endpoint.url).host });
  expect([status, body.split('\n')[0]]).toEqual([200, 'A SCIM endpoint runs here']);
});
