import { type LocalEndpoint, startLocal } from '../cli/local-endpoint';
import cases from './attacks.json';
import { pageHeaders, send } from './client';

let endpoint: LocalEndpoint;
let address = '';

beforeAll(async () => {
  endpoint = await startLocal({ console: true });
  address = endpoint.console ?? '';
});

afterAll(() => endpoint.close());

interface Attack {
  readonly name: string;
  readonly method?: string;
  readonly path?: string;
  /** Replace those of the page's own call; null removes one. */
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly body?: string;
  readonly status: number;
  readonly code?: string;
}

function headersOf(changes: Attack['headers'] = {}): Record<string, string> {
  const { port, hash } = new URL(address);
  const secret = hash.slice('#secret='.length);
  const values: Readonly<Record<string, string>> = { port, secret, half: secret.slice(0, secret.length / 2) };
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
  const all = Object.entries({ ...pageHeaders(address), ...changes });
  return Object.fromEntries(all.flatMap(([name, value]) => (value === null ? [] : [[name, fill(value)]])));
}

test.each(cases as readonly Attack[])(
  '$name: $status',
  async ({ method = 'POST', path, headers, body, status, code }) => {
    const url = new URL(address).origin + (path ?? '/api/tenants.list');
    const answer = await send(url, {
      method,
      headers: headersOf(headers),
      body: method.startsWith('P') ? (body ?? '{}') : '',
    });
    expect(answer.status).toBe(status);
    if (code !== undefined) expect(JSON.parse(answer.body)).toMatchObject({ error: { code } });
    if (status !== 200) expect(answer.body).not.toContain(endpoint.data);
  },
);

test('a huge body is refused, and the answer arrives', async () => {
  const body = JSON.stringify({ search: 'a'.repeat(5_000_000) });
  const url = `${new URL(address).origin}/api/tenants.list`;
  const answer = await send(url, { method: 'POST', headers: pageHeaders(address), body });
  expect(answer.status).toBe(413);
});

test.each(['/', '/api/tenants.list', '/nothing'])(
  '%s is answered with the headers that protect the page',
  async (path) => {
    const { headers } = await send(new URL(address).origin + path, { headers: pageHeaders(address) });
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(headers).toMatchObject({
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    expect(headers['access-control-allow-origin']).toBeUndefined();
  },
);

test('the files that the page names are there, and none of them holds the secret', async () => {
  const { origin, hash } = new URL(address);
  const secret = hash.slice('#secret='.length);
  const page = await send(`${origin}/`, { headers: { Host: new URL(address).host } });
  const files = [...page.body.matchAll(/(?:src|href)="(assets\/[^"]+)"/g)].map(([, file]) => file);
  expect(files.length).toBeGreaterThan(1);
  for (const file of files) {
    const { status, body } = await send(`${origin}/${file}`, { headers: { Host: new URL(address).host } });
    expect([file, status]).toEqual([file, 200]);
    expect(body).not.toContain(secret);
  }
  expect(page.body).not.toContain(secret);
});
