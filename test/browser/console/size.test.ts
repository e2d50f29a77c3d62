import { profile, seedTenant } from '../../../bench/storage-seed';
import { credentials, names } from '../../../local/environment';
import { openStage, type Stage } from '../harness/console';

const users = 10_000;

let stage: Stage;
let tenantId: string;

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
  await seedTenant({ call }, { directory: names.directoryTable, memberships: names.membershipsTable }, users, tenantId);
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

test('one of 10,000 is found by name', async () => {
  const { page } = stage;
  await stage.go(`#/tenants/${tenantId}`);
  await page.getByRole('searchbox', { name: 'Find a person' }).fill('user7777');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'user7777' }).click();
  await page.getByRole('heading', { level: 2, name: 'user7777' }).waitFor();
});
