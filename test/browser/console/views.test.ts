import type { TenantAccess } from '../../../local/endpoint';
import { openStage, type Stage } from '../harness/console';
import { create, group, send, user } from '../harness/scim';
import { everyView } from '../harness/views';

let stage: Stage;
let tenant: TenantAccess;
let anna: string;
let engineering: string;

const names = [
  'Anna Rossi',
  'Mario Müller',
  'Li Chen',
  'Francesca Okafor',
  'Wolfgang von-der-Leyen-Hohenzollern',
] as const;

beforeAll(async () => {
  stage = await openStage();
  const { endpoint } = stage;
  await endpoint.createTenant({ label: 'globex', profile: 'standard' });
  await endpoint.createTenant({ label: 'initech-international-holdings-and-its-subsidiaries.emea' });
  tenant = await endpoint.createTenant({ label: 'acme', tokenLabel: 'Okta production' });
  const ids: string[] = [];
  for (const name of names) {
    const [given = '', family = ''] = name.split(' ');
    ids.push(await create(tenant, '/Users', { ...user(given, family), title: 'Staff Engineer' }));
  }
  [anna = ''] = ids;
  engineering = await create(tenant, '/Groups', group('Engineering', ids));
  const gone = await create(tenant, '/Users', user('Gone', 'Away'));
  await send(tenant, 'DELETE', `/Users/${gone}`);
  const { displayName: _, ...refused } = user('Hans', 'Refused');
  await send(tenant, 'POST', '/Users', refused);
  await send(tenant, 'POST', '/Users', user('Anna', 'Rossi'));
});
afterEach(() => expect(stage.complaints()).toEqual([]));
afterAll(() => stage.close());

const screens: readonly (readonly [string, () => string, string])[] = [
  ['tenants', () => '#/', 'acme'],
  ['tenants-none-found', () => '#/?search=nobody', 'No tenant has'],
  ['create-tenant', () => '#/new', 'Identity Center'],
  ['overview', () => `#/tenants/${tenant.tenantId}`, 'What needs attention'],
  ['users', () => `#/tenants/${tenant.tenantId}/users`, 'mario.müller@example.com'],
  [
    'users-find-refused',
    () => `#/tenants/${tenant.tenantId}/users?search=hans.refused@example.com`,
    'Refused requests',
  ],
  ['users-find-deleted', () => `#/tenants/${tenant.tenantId}/users?search=gone.away@example.com`, 'Restore'],
  ['users-find-unknown', () => `#/tenants/${tenant.tenantId}/users?search=nobody@example.com`, 'nobody@example.com'],
  ['user', () => `#/tenants/${tenant.tenantId}/users/${anna}`, 'Attributes'],
  ['user-erase', () => `#/tenants/${tenant.tenantId}/users/${anna}?dialog=erase`, 'to confirm'],
  ['groups', () => `#/tenants/${tenant.tenantId}/groups`, 'Engineering'],
  ['group', () => `#/tenants/${tenant.tenantId}/groups/${engineering}`, 'Members'],
  ['activity', () => `#/tenants/${tenant.tenantId}/activity`, 'displayName is required'],
  ['credentials', () => `#/tenants/${tenant.tenantId}/credentials`, 'Okta production'],
  ['create-token', () => `#/tenants/${tenant.tenantId}/credentials?dialog=token`, 'Ends after'],
  ['create-client', () => `#/tenants/${tenant.tenantId}/credentials?dialog=client`, 'Its secret ends after'],
  ['invite', () => `#/tenants/${tenant.tenantId}/credentials?dialog=invite`, 'What the administrator may do'],
  ['deleted', () => `#/tenants/${tenant.tenantId}/deleted`, 'gone.away@example.com'],
  ['settings', () => `#/tenants/${tenant.tenantId}/settings`, 'Provisioning'],
  ['delete-tenant', () => `#/tenants/${tenant.tenantId}/settings?dialog=delete`, 'to confirm'],
  ['no-such-screen', () => '#/nowhere', 'The address leads nowhere.'],
  ['no-such-tenant', () => '#/tenants/nobody', 'nobody'],
];

test.each(screens)(
  '%s: as it should be in light and dark, at 360 and 1280 px, also after a reload',
  async (name, place, shows) => {
    const { page } = stage;
    // From a screen that has none of the texts: one that is still there must not pass for the next.
    await stage.go('#/nowhere');
    await page.getByRole('heading', { name: 'There is no such screen' }).waitFor();
    await stage.go(place());
    await page.locator('main').getByText(shows).first().waitFor();
    const title = await page.title();
    await page.reload();
    await page.locator('main').getByText(shows).first().waitFor();
    expect(await page.title()).toBe(title);
    expect(title).toMatch(/. · serverless-scim/);
    expect(new URL(page.url()).hash).toBe(place());
    expect(await everyView(page, `console-${name}`)).toEqual([]);
  },
);

test('a failure, opened', async () => {
  const { page } = stage;
  await page.setViewportSize({ width: 1280, height: 800 });
  await stage.go(`#/tenants/${tenant.tenantId}/activity?failed=true`);
  await page
    .getByRole('button', { name: /displayName is required/ })
    .first()
    .click();
  await page.getByText('Send it again').waitFor();
  await page.reload();
  await page.getByText('Send it again').waitFor();
  expect(await page.locator('.event-detail').textContent()).not.toContain(tenant.token);
  expect(await everyView(page, 'console-activity-open')).toEqual([]);
});

test('a new token, shown once', async () => {
  const { page } = stage;
  await page.setViewportSize({ width: 1280, height: 800 });
  await stage.go(`#/tenants/${tenant.tenantId}/credentials?dialog=token`);
  await page.getByRole('dialog').getByRole('button', { name: 'Create token' }).click();
  await page.getByRole('dialog').getByText('Access token').waitFor();
  expect(await everyView(page, 'console-token-once')).toEqual([]);
  await page.reload();
  await page.getByRole('heading', { name: 'Access tokens' }).waitFor();
  expect(await page.getByText(/^sst_/).count()).toBe(0);
});
