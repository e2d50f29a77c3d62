import type { ServerResponse } from 'node:http';
import type { LookupFunction } from 'node:net';
import { jsonFetcher } from '../../lambda/oauth/fetch-json';
import { isPublicAddress } from '../../lambda/oauth/public-address';
import addresses from './addresses.json';
import { type Issuer, startIssuer, toThisMachine } from './issuer';

let issuer: Issuer;
beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer.close());
beforeEach(() => {
  issuer.asked.length = 0;
});

/** A loaded machine must not end what is not about time. */
const fetchFrom = (change: object = {}) => jsonFetcher({ ...issuer.rules, timeout: 60_000, ...change });

test('a document of a host on the list is fetched', async () => {
  issuer.pages.set('/keys', { keys: [] });
  expect(await fetchFrom()(`${issuer.url}/keys`)).toEqual({ keys: [] });
});

const soon = 300;

test.each<[string, (response: ServerResponse) => void, RegExp, number?]>([
  ['redirects', (response) => response.writeHead(302, { Location: '/elsewhere' }).end(), /status 302, not 200/],
  ['says that nothing changed', (response) => response.writeHead(304).end(), /status 304, not 200/],
  ['fails', (response) => response.writeHead(500).end('{}'), /status 500, not 200/],
  ['has 10 MB', (response) => response.end(Buffer.alloc(10_000_000, ' ')), /larger than 262144 bytes/],
  ['sends HTML', (response) => response.end('<html>'), /did not respond with JSON/],
  ['closes the connection', (response) => response.destroy(), /./],
  ['never responds', () => undefined, /abort/i, soon],
  ['sends headers and then hangs', (response) => response.writeHead(200).write('{'), /abort/i, soon],
])('a server that %s is refused', async (_what, respond, message, timeout = 60_000) => {
  issuer.pages.set('/page', respond);
  issuer.pages.set('/elsewhere', { keys: [] });
  await expect(fetchFrom({ timeout })(`${issuer.url}/page`)).rejects.toThrow(message);
  expect(issuer.asked).toEqual(['/page']);
});

test('a server that sends a byte now and then is left after the whole time', async () => {
  let timer: NodeJS.Timeout | undefined;
  issuer.pages.set('/slow', (response: ServerResponse) => {
    timer = setInterval(() => response.write(' '), 20);
  });
  await expect(fetchFrom({ timeout: soon })(`${issuer.url}/slow`)).rejects.toThrow(/abort/i);
  clearInterval(timer);
});

test.each([
  ['http://issuer.example/keys', /not an https URL/],
  ['file:///etc/passwd', /not an https URL/],
  ['https://user:secret@issuer.example/keys', /user name/],
  ['https://127.0.0.1/keys', /address instead of a host name/],
  ['https://[::1]/keys', /address instead of a host name/],
  ['https://2130706433/keys', /address instead of a host name/],
  ['https://evil.example/keys', /evil.example is not on the list/],
  ['https://issuer.example/keys', /issuer.example is not on the list/],
  ['https://issuer.example.evil.example/keys', /is not on the list/],
])('%s is not fetched', async (url, message) => {
  await expect(fetchFrom()(url)).rejects.toThrow(message);
  expect(issuer.asked).toEqual([]);
});

test('a name with a private address is refused before anything is sent', async () => {
  const { isAllowedAddress: _, ...rules } = issuer.rules;
  await expect(jsonFetcher(rules)(`${issuer.url}/keys`)).rejects.toThrow(/issuer.example has no public address/);
  expect(issuer.asked).toEqual([]);
});

test('a name with a public and a private address is refused', async () => {
  const lookup: LookupFunction = (_host, _options, callback) =>
    callback(null, [
      { address: '93.184.215.14', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ]);
  const { isAllowedAddress: _, ...rules } = issuer.rules;
  await expect(jsonFetcher({ ...rules, lookup })(`${issuer.url}/keys`)).rejects.toThrow(/no public address/);
});

test('a name is resolved once, and the connection goes to the address that was checked (DNS rebinding)', async () => {
  const checked: string[] = [];
  let looked = 0;
  const rebinding: LookupFunction = (host, options, callback) => {
    looked++;
    if (looked === 1) toThisMachine(host, options, callback);
    else callback(null, [{ address: '127.0.0.2', family: 4 }]);
  };
  let reached: string | undefined;
  issuer.pages.set('/keys', (response: ServerResponse) => {
    reached = response.socket?.localAddress;
    response.end('{}');
  });
  const isAllowedAddress = (address: string) => {
    checked.push(address);
    return address === '127.0.0.1';
  };
  const fetchJson = fetchFrom({ lookup: rebinding, isAllowedAddress });
  expect(await fetchJson(`${issuer.url}/keys`)).toEqual({});
  expect({ looked, checked, reached }).toEqual({ looked: 1, checked: ['127.0.0.1'], reached: '127.0.0.1' });
  await expect(fetchJson(`${issuer.url}/keys`)).rejects.toThrow(/no public address/);
});

test('a certificate that nobody vouches for is refused', async () => {
  const { ca: _, ...rules } = issuer.rules;
  await expect(jsonFetcher(rules)(`${issuer.url}/keys`)).rejects.toThrow(/certificate/);
});

test('a certificate of another host is refused', async () => {
  const port = new URL(issuer.url).port;
  const rules = { ...issuer.rules, hosts: new Set([`other.example:${port}`]) };
  await expect(jsonFetcher(rules)(`https://other.example:${port}/keys`)).rejects.toThrow(/altnames|Hostname/);
});

test.each(addresses.public)('%s is an address of the internet', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test.each(addresses.special)('%s is none', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});
