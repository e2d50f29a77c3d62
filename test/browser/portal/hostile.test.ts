import { adminJson } from '../../cli/admin';
import { becameCode, hostileNames, hostileUser } from '../harness/hostile';
import { group, send } from '../harness/scim';
import { everyView } from '../harness/views';
import { type Portal, startPortal } from './portal';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal.close());

test('hostile names are text on every screen, and fit', async () => {
  const tenant = await portal.tenant({ label: 'hostile', profile: 'standard' });
  let last = '';
  for (const name of hostileNames) {
    last = (await send(tenant, 'POST', '/Users', hostileUser(name))).body.id ?? '';
    await send(tenant, 'POST', '/Groups', group(name, [last]));
    await send(tenant, 'POST', '/Users', hostileUser(name));
  }
  const customer = '<b>Acme</b> \u202Eemca GmbH & Co. KG, a subsidiary of the Acme Holding';
  const { page, complaints } = await portal.enter('hostile', { scope: 'manage', customer });
  await page.getByLabel('Okta').check();
  await page.getByRole('button', { name: 'Show the steps' }).click();
  const faults: string[] = [];
  for (const [name, place, text] of [
    ['steps', '', 'Before you begin'],
    ['status', 'status', 'Somebody else here has the same value'],
    ['people', 'people', '__proto__'],
    ['person', `people/${last}`, 'What happened'],
  ] as const) {
    await page.goto(`${page.url().split('#')[0]}#/${place}`);
    await page.getByText(text).first().waitFor();
    faults.push(...(await everyView(page, `portal-hostile-${name}`)), ...(await becameCode(page)));
  }
  expect(faults).toEqual([]);
  expect(complaints).toEqual([]);
});

test('a tenant that is paused, disabled or deleted says so on each screen', async () => {
  await portal.tenant({ label: 'ending' });
  const { page } = await portal.enter('ending', { scope: 'manage' });
  await page.getByLabel('Okta').check();
  await page.getByRole('button', { name: 'Show the steps' }).click();
  await page.getByText('Before you begin').waitFor();
  const faults: string[] = [];
  const admin = (...command: string[]) => adminJson(...command, '--data', portal.endpoint.data);
  const look = async (name: string, place: string, text: RegExp) => {
    await page.goto(`${page.url().split('#')[0]}#/${place}`);
    await page.reload();
    await page.getByText(text).first().waitFor();
    faults.push(...(await everyView(page, `portal-${name}`)));
  };
  await admin('tenant', 'pause', 'ending');
  await look('paused-steps', '', /has paused changes/);
  await look('paused-status', 'status', /has paused changes/);
  await admin('tenant', 'resume', 'ending');
  await admin('tenant', 'disable', 'ending');
  await look('disabled-steps', '', /has switched off this connection/);
  await look('disabled-status', 'status', /has switched off this connection/);
  await look('disabled-credentials', 'credentials', /Switched off/);
  await admin('tenant', 'delete', 'ending', '--yes');
  await page.reload();
  await page.getByRole('heading', { name: /Your session has ended|Open the link of your invitation/ }).waitFor();
  faults.push(...(await everyView(page, 'portal-deleted-tenant')));
  expect(faults).toEqual([]);
});
