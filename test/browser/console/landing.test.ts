import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { type Endpoint, startEndpoint } from '../../../local/endpoint';
import { openBrowser, openContext } from '../harness/chromium';

let endpoint: Endpoint;
let browser: Browser;
let other: Server;
let elsewhere = '';

beforeAll(async () => {
  endpoint = await startEndpoint({ memory: true, port: 0, console: true });
  browser = await openBrowser();
  // A site under another name: for a browser, localhost is another site than 127.0.0.1.
  other = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html' }).end(`<a href="${endpoint.url}/">a link</a>`);
  });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  elsewhere = `http://localhost:${(other.address() as AddressInfo).port}/`;
});

afterAll(async () => {
  await browser.close();
  other.close();
  await endpoint.close();
});

const secretOf = (address: string) => new URL(address).hash.slice('#secret='.length);

const openPage = async () => (await openContext(browser)).newPage();

test('a person who types the address of the endpoint lands in the console, which keeps no secret in the address', async () => {
  const page = await openPage();
  await page.goto(`${endpoint.url}/`);
  await page.getByRole('heading', { level: 1, name: 'Tenants' }).waitFor();
  expect(new URL(page.url()).origin).toBe(new URL(endpoint.console ?? '').origin);
  expect(page.url()).not.toContain(secretOf(endpoint.console ?? ''));
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Tenants' }).waitFor();
});

test('a link of another site leads to the text about the endpoint', async () => {
  const page = await openPage();
  await page.goto(elsewhere);
  await page.getByRole('link', { name: 'a link' }).click();
  await page.getByRole('heading', { name: 'A SCIM endpoint runs here' }).waitFor();
});

test('a script of another site can neither read the landing nor send a call, even with the secret', async () => {
  const page = await openPage();
  await page.goto(elsewhere);
  const { origin } = new URL(endpoint.console ?? '');
  const outcomes = await page.evaluate(
    async ([endpointUrl, consoleUrl, secret]) => {
      const call = (headers: Record<string, string>) =>
        fetch(`${consoleUrl}/api/tenants.list`, { method: 'POST', headers, body: '{}' });
      const attempts = [
        fetch(`${endpointUrl}/`),
        fetch(`${endpointUrl}/`, { redirect: 'manual' }),
        call({ 'Content-Type': 'application/json', 'X-Console-Secret': secret ?? '' }),
        call({ 'Content-Type': 'text/plain' }),
      ];
      return (await Promise.allSettled(attempts)).map(({ status }) => status);
    },
    [endpoint.url, origin, secretOf(endpoint.console ?? '')],
  );
  expect(outcomes).toEqual(['rejected', 'rejected', 'rejected', 'rejected']);
});
