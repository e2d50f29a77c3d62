import type { TenantAccess } from '../../../local/endpoint';
import { openStage, type Stage } from '../harness/console';
import { send, user } from '../harness/scim';

const users = 10_000;
const perRequest = 100;

let stage: Stage;
let tenant: TenantAccess;

beforeAll(async () => {
  stage = await openStage();
  tenant = await stage.endpoint.createTenant({ label: 'Large' });
  for (let first = 0; first < users; first += perRequest) {
    const Operations = Array.from({ length: perRequest }, (_, index) => ({
      method: 'POST',
      path: '/Users',
      bulkId: `b${first + index}`,
      data: user(`Person${first + index}`, 'Example'),
    }));
    const { status } = await send(tenant, 'POST', '/Bulk', {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
      Operations,
    });
    expect(status).toBe(200);
  }
});
afterEach(() => expect(stage.complaints()).toEqual([]));
afterAll(() => stage.close());

test('10,000 users are listed page by page, forwards and backwards, and a page has 50 rows however many there are', async () => {
  const { page } = stage;
  await stage.go(`#/tenants/${tenant.tenantId}/users`);
  await page.getByText('50 of 10,000 users').waitFor();
  const names = () => page.locator('tbody th a').allTextContents();
  const [pages, seen] = [[await names()], new Set<string>()];
  for (let turn = 0; turn < 5; turn += 1) {
    const last = pages.at(-1)?.[0] ?? '';
    await page.getByRole('link', { name: 'Next' }).click();
    await page.locator('tbody th a', { hasText: last }).waitFor({ state: 'detached' });
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

test('one of 10,000 is found by email', async () => {
  const { page } = stage;
  await stage.go(`#/tenants/${tenant.tenantId}`);
  await page.getByRole('searchbox', { name: 'Find a person' }).fill('person7777.example@example.com');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'person7777.example@example.com' }).click();
  await page.getByRole('heading', { level: 2, name: 'Person7777 Example' }).waitFor();
});
