import type { Response } from 'playwright-core';
import { profile, seedTenant } from '../../../bench/storage-seed';
import { credentials, names } from '../../../local/environment';
import { openStage, type Stage } from '../harness/console';

const users = 10_000;

let stage: Stage;
let tenantId: string;
let smallId: string;

beforeAll(async () => {
  stage = await openStage({ events: false });
  ({ tenantId } = await stage.endpoint.createTenant({ label: 'Large', profile }));
  const signed = `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/20261127/us-east-1/dynamodb/aws4_request`;
  // The SDK would take most of the time.
  const call = async (target: string, body: object) => {
    const headers = { Authorization: signed, 'X-Amz-Target': target, 'Content-Type': 'application/x-amz-json-1.0' };
    const response = await fetch(stage.endpoint.url, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: response.status, body: (await response.json()) as object };
  };
  const tables = { directory: names.directoryTable, memberships: names.membershipsTable };
  await seedTenant({ call }, tables, users, tenantId);
  ({ tenantId: smallId } = await stage.endpoint.createTenant({ label: 'Small', profile }));
  await seedTenant({ call }, tables, 60, smallId);
});
afterEach(() => expect(stage.complaints()).toEqual([]));
afterAll(() => stage.close());

test('10,000 users are listed page by page, forwards and backwards, and a page has 50 rows however many there are', async () => {
  const { page } = stage;
  await stage.go(`#/tenants/${tenantId}/users`);
  await page.getByText('50 of 10,000 users').waitFor();
  const names = () => page.locator('tbody th a').allTextContents();
  const [pages, seen] = [[await names()], new Set<string>()];
  for (let turn = 0; turn < 5; turn += 1) {
    const last = pages.at(-1)?.[0] ?? '';
    await page.getByRole('link', { name: 'Next' }).click();
    await page.locator('tbody th a', { hasText: last }).waitFor({ state: 'detached' });
    await page.locator('tbody tr').nth(49).waitFor();
    pages.push(await names());
  }
  for (const name of pages.flat()) seen.add(name);
  expect(seen.size).toBe(6 * 50);
  expect(pages.map(({ length }) => length)).toEqual(Array(6).fill(50));

  const fourth = pages[4]?.[0] ?? '';
  await page.getByRole('link', { name: 'Previous' }).click();
  await page.locator('tbody th a', { hasText: fourth }).waitFor();
  await page.reload();
  await page.locator('tbody th a', { hasText: fourth }).waitFor();
  await page.getByRole('link', { name: 'First' }).click();
  await page.locator('tbody th a', { hasText: pages[0]?.[0] ?? '' }).waitFor();
  // What the browser has to lay out does not grow with the directory.
  expect(await page.evaluate('document.querySelectorAll("*").length')).toBeLessThan(2000);
});

/** What the browser does to show the users of a tenant, in counts, and how large the answers are. */
async function effort(tenant: string) {
  const { page } = stage;
  await stage.go('#/');
  await page.getByRole('heading', { level: 1, name: 'Tenants' }).waitFor();
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const metrics = async () => {
    const { metrics: all } = await session.send('Performance.getMetrics');
    return (name: string) => all.find((metric) => metric.name === name)?.value ?? 0;
  };
  const answers: Promise<Buffer>[] = [];
  const note = (response: Response) => {
    if (response.url().includes('/resources.list')) answers.push(response.body());
  };
  page.on('response', note);
  const before = await metrics();
  await stage.go(`#/tenants/${tenant}/users`);
  await page.getByText(/^50 of /).waitFor();
  const after = await metrics();
  page.off('response', note);
  await session.detach();
  const bodies = await Promise.all(answers);
  return {
    requests: bodies.length,
    bytes: bodies.reduce((sum, { length }) => sum + length, 0),
    nodes: await page.evaluate<number>('document.querySelectorAll("*").length'),
    layouts: after('LayoutCount') - before('LayoutCount'),
    styles: after('RecalcStyleCount') - before('RecalcStyleCount'),
  };
}

test('the page has as little to do for 10,000 users as for 60', async () => {
  // The first time, the browser learns what the second does not need.
  await effort(smallId);
  const [small, large] = [await effort(smallId), await effort(tenantId)];
  expect([small.requests, large.requests]).toEqual([1, 1]);
  expect(large.bytes / small.bytes).toBeLessThan(1.2);
  expect(Math.abs(large.nodes - small.nodes)).toBeLessThan(5);
  expect(large.layouts).toBeLessThanOrEqual(2 * small.layouts + 5);
  expect(large.styles).toBeLessThanOrEqual(2 * small.styles + 5);
});

test('while 10,000 users are read, the page draws frames and takes what is typed', async () => {
  const { page } = stage;
  let release: () => void = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/api/resources.list', async (route) => {
    await released;
    await route.continue();
  });
  await stage.go(`#/tenants/${tenantId}`);
  await page.getByText('What needs attention').waitFor();
  await page.getByRole('link', { name: 'Users', exact: true }).click();
  await page.getByRole('status', { name: 'Loading' }).waitFor();
  await page.evaluate('window.drawn = 0; (function count() { window.drawn += 1; requestAnimationFrame(count); })()');
  const search = page.getByRole('searchbox');
  const frames: number[] = [];
  for (const letter of 'zoe') {
    await search.press(letter);
    frames.push(await page.evaluate<number>('new Promise((done) => requestAnimationFrame(() => done(window.drawn)))'));
  }
  expect(await search.inputValue()).toBe('zoe');
  // Each letter was drawn in a frame of its own, before the list had come.
  expect(new Set(frames).size).toBe(3);
  await search.fill('');
  release();
  await page.getByText('50 of 10,000 users').waitFor();
  await page.unroute('**/api/resources.list');
});

test('one of 10,000 is found by name', async () => {
  const { page } = stage;
  await stage.go(`#/tenants/${tenantId}`);
  await page.getByRole('searchbox', { name: 'Find a person' }).fill('user7777');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'user7777' }).click();
  await page.getByRole('heading', { level: 2, name: 'user7777' }).waitFor();
});
