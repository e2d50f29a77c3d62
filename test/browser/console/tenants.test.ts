import { setTimeout as sleep } from 'node:timers/promises';
import { copied } from '../harness/clipboard';
import { openStage, type Stage } from '../harness/console';
import { create, send, user } from '../harness/scim';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterEach(() => expect(stage.complaints()).toEqual([]));
afterAll(() => stage.close());

test('a tenant is created with a profile, and what it shows connects an identity provider', async () => {
  const { page } = stage;
  await page.getByRole('link', { name: 'Create tenant' }).first().click();
  await page.getByLabel('Label').fill('Globex');
  await page.getByRole('radio', { name: /^Standard/ }).check();
  await page.getByRole('button', { name: 'Create tenant' }).click();
  await page.getByRole('heading', { name: 'Globex is ready to connect' }).waitFor();
  expect(await page.title()).toBe('Globex is ready to connect · serverless-scim');

  const access = { baseUrl: await copied(page, 'SCIM endpoint'), token: await copied(page, 'Access token') };
  // Only userName is required by the profile that was chosen.
  expect((await send(access, 'POST', '/Users', { schemas: [], userName: 'bare@example.com' })).status).toBe(201);

  await page.getByRole('link', { name: 'Open Globex' }).click();
  await page.getByRole('heading', { level: 1, name: 'Globex' }).waitFor();
  await page.goBack();
  await page.getByLabel('Label').waitFor();
  // The token is not shown again.
  expect(await page.locator('body').textContent()).not.toContain(access.token);
});

test('a label that cannot be used is refused with what to do, and what was typed stays', async () => {
  const { page } = stage;
  await stage.endpoint.createTenant({ label: 'taken' });
  await stage.go('#/new');
  await page.getByLabel('Label').fill('taken');
  await page.getByRole('button', { name: 'Create tenant' }).click();
  await page.getByRole('alert').waitFor();
  expect(await page.getByRole('alert').textContent()).toContain('taken');
  expect(await page.getByLabel('Label').inputValue()).toBe('taken');
});

test('"why is Anna missing?" is answered in three clicks, and its remedy makes her arrive', async () => {
  const { page, endpoint } = stage;
  const tenant = await endpoint.createTenant({ label: 'Acme' });
  await create(tenant, '/Users', user('Mario', 'Rossi'));
  const { displayName: _, ...anna } = user('Anna', 'Example');
  expect((await send(tenant, 'POST', '/Users', anna)).status).toBe(400);

  await stage.go('#/');
  // The list knows the hour of the last request only, which may just have ended.
  await page
    .getByRole('row', { name: /^Acme/ })
    .getByText(/^(within the hour|1 hour ago)$/)
    .waitFor();
  await page.getByRole('link', { name: 'Acme', exact: true }).click();
  await page.getByRole('searchbox', { name: 'Find a person' }).click();
  await page.keyboard.type('anna.example@example.com');
  await page.keyboard.press('Enter');

  const answer = page.locator('.notice').first();
  await answer.getByText('displayName').first().waitFor();
  expect(await answer.textContent()).toMatch(/refused/);
  await page
    .getByRole('button', { name: /displayName is required/ })
    .first()
    .click();
  await page.getByText('What to do:').waitFor();
  expect(await page.locator('.event-detail').textContent()).toContain('Give the attribute a value');

  await create(tenant, '/Users', user('Anna', 'Example'));
  await page.reload();
  await page.getByRole('link', { name: 'anna.example@example.com' }).click();
  await page.getByRole('heading', { level: 2, name: 'Anna Example' }).waitFor();
});

test('activity shows requests as they come from a server that takes longer than the page waits between two questions', async () => {
  const { page, endpoint } = stage;
  const tenant = await endpoint.createTenant({ label: 'Slow' });
  await stage.go(`#/tenants/${tenant.tenantId}/activity`);
  await page.getByText('Nothing has happened yet').waitFor();
  await page.route(/activity\.news$/, async (route) => {
    // The page asks every three.
    await sleep(5_000);
    await route.continue();
  });
  await create(tenant, '/Users', user('Li', 'Chen'));
  await page.getByRole('button', { name: /created user li\.chen@example\.com/ }).waitFor();
  await page.unrouteAll({ behavior: 'ignoreErrors' });
});

test('activity shows requests as they come, and narrows to failures', async () => {
  const { page, endpoint } = stage;
  const tenant = await endpoint.createTenant({ label: 'Live', tokenLabel: 'Okta' });
  await stage.go(`#/tenants/${tenant.tenantId}/activity`);
  await page.getByText('Nothing has happened yet').waitFor();
  await create(tenant, '/Users', user('Li', 'Chen'));
  await page.getByRole('button', { name: /created user li\.chen@example\.com/ }).waitFor();
  expect((await send(tenant, 'POST', '/Users', { schemas: [], userName: 'x' })).status).toBe(400);
  await page
    .getByRole('button', { name: /creating user x/ })
    .first()
    .waitFor();

  await page.getByLabel('Show').selectOption('Failures only');
  await page.getByRole('button', { name: /created user li\.chen/ }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /creating user x/ }).waitFor();

  await page.getByLabel('Show').selectOption('Everything');
  await page.getByRole('button', { name: /created user li\.chen/ }).click();
  await page.getByRole('link', { name: 'Okta' }).click();
  await page.getByRole('button', { name: 'Remove the filter credential Okta' }).waitFor();
  await page.getByRole('button', { name: /created user li\.chen/ }).waitFor();
});
