import type { TenantAccess } from '../../../local/endpoint';
import { Okta } from '../../cli/okta';
import { openStage, type Stage } from '../harness/console';

/*
 * The identity providers of two tenants provision all the time, as the flows of `traffic/` have it, while an operator works.
 */
let stage: Stage;
let okta: TenantAccess;
let entra: TenantAccess;
let players: readonly Okta[];

beforeAll(async () => {
  stage = await openStage();
  okta = await stage.endpoint.createTenant({ label: 'okta', tokenLabel: 'Okta production' });
  entra = await stage.endpoint.createTenant({ label: 'entra' });
  players = [
    new Okta(okta.baseUrl, okta.token, undefined, 'okta/crud-test'),
    new Okta(okta.baseUrl, okta.token, undefined, 'okta/conflicts'),
    new Okta(entra.baseUrl, entra.token, undefined, 'entra/groups'),
  ];
});
afterEach(() => expect(stage.complaints()).toEqual([]));
afterAll(async () => {
  for (const player of players) await player.end();
  await stage.close();
  // What the page does must not disturb the identity provider either.
  expect(players.flatMap(({ failures }) => failures)).toEqual([]);
});

/** Waits until a number on the page has grown, without a reload. */
async function grows(read: () => Promise<string | null>): Promise<void> {
  const number = async () => Number((await read())?.replaceAll(',', ''));
  const first = await number();
  expect(first).not.toBeNaN();
  const end = Date.now() + 60_000;
  while ((await number()) <= first) {
    if (Date.now() > end) throw new Error(`It stays ${first}.`);
    await stage.page.waitForTimeout(200);
  }
}

test('the list of tenants counts what arrives, and a search that is being typed stays', async () => {
  const { page } = stage;
  await stage.go('#/');
  const row = page.getByRole('row', { name: /^entra/ });
  const cell = (title: string) => row.locator(`[data-label="${title}"]`);
  await cell('Last request').getByText('within the hour').waitFor();
  await grows(() => cell('Users').textContent());
  await page.getByRole('row', { name: /^okta/ }).locator('[data-label="Failures, 24 h"] .badge-bad').waitFor();

  const search = page.getByRole('searchbox');
  await search.pressSequentially('ent', { delay: 150 });
  await page.getByRole('row', { name: /^okta/ }).waitFor({ state: 'detached' });
  await grows(() => cell('Users').textContent());
  expect(await search.inputValue()).toBe('ent');
  expect(await search.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
});

test('the overview counts users and failures as they come', async () => {
  const { page } = stage;
  const figure = (name: string) => page.locator('.figure', { hasText: name }).locator('.figure-value');
  await stage.go(`#/tenants/${entra.tenantId}`);
  await grows(() => figure('Users').textContent());
  await stage.go(`#/tenants/${okta.tenantId}`);
  await grows(() => figure('Failures, 24 h').textContent());
  await figure('Last success')
    .getByText(/second|now/)
    .waitFor();
});

test('activity goes on while a row is open, the newest first, and does not grow without end', async () => {
  const { page } = stage;
  await stage.go(`#/tenants/${okta.tenantId}/activity`);
  const rows = page.locator('.event');
  await rows.nth(5).waitFor();
  const conflict = page.getByRole('button', { name: /is already used by user/ }).first();
  await conflict.click();
  await page.getByText('What to do:').waitFor();
  const newest = async () => Date.parse((await rows.first().locator('time').getAttribute('datetime')) ?? '');
  await grows(async () => String(await newest()));
  expect(await page.locator('.event-detail').count()).toBe(1);

  const most: number[] = [];
  const end = Date.now() + 20_000;
  while (Date.now() < end) {
    most.push(await rows.count());
    const times = await page.evaluate<string[]>(
      "[...document.querySelectorAll('.event time')].map((time) => time.dateTime)",
    );
    expect(times).toEqual([...times].sort().reverse());
    await page.waitForTimeout(500);
  }
  expect(Math.max(...most)).toBeGreaterThan(50);
  expect(Math.max(...most)).toBeLessThanOrEqual(201);
});
