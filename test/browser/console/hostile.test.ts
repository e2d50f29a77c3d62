import type { TenantAccess } from '../../../local/endpoint';
import { openStage, type Stage } from '../harness/console';
import { becameCode, hostileNames, hostileUser } from '../harness/hostile';
import { create, group, send } from '../harness/scim';
import { everyView } from '../harness/views';

let stage: Stage;
let tenant: TenantAccess;
let long: string;
let longGroup: string;

beforeAll(async () => {
  stage = await openStage();
  tenant = await stage.endpoint.createTenant({ label: 'hostile', profile: 'standard' });
  for (const name of hostileNames) {
    // Those with marks of direction or without width are refused, and are in the activity.
    long = (await send(tenant, 'POST', '/Users', hostileUser(name))).body.id ?? '';
    longGroup = (await send(tenant, 'POST', '/Groups', group(name, [long]))).body.id ?? '';
    await send(tenant, 'POST', '/Users', hostileUser(name));
  }
  const gone = await create(tenant, '/Users', hostileUser(`${hostileNames[0]} gone`));
  await send(tenant, 'DELETE', `/Users/${gone}`);
  await stage.endpoint.settled();
});
afterAll(() => stage.close());

const screens: readonly (readonly [string, () => string, string])[] = [
  ['users', () => '/users', '<img src=x'],
  ['user', () => `/users/${long}`, 'Attributes'],
  ['group', () => `/groups/${longGroup}`, 'Members'],
  ['activity', () => '/activity', 'is already used by'],
  ['found', () => `/users?search=${encodeURIComponent(hostileNames[0] ?? '')}`, 'is here'],
  ['not-found', () => `/users?search=${'y'.repeat(200)}`, 'Nothing that is kept names'],
  ['deleted', () => '/deleted', 'gone'],
  ['erase', () => `/users/${long}?dialog=erase`, 'to confirm'],
];

test.each(screens)('hostile names are text on the screen %s, and fit', async (name, place, text) => {
  const { page } = stage;
  await stage.go(`#/tenants/${tenant.tenantId}${place()}`);
  await page.getByText(text).first().waitFor();
  expect(await everyView(page, `hostile-${name}`)).toEqual([]);
  expect(await becameCode(page)).toEqual([]);
  expect(stage.complaints()).toEqual([]);
});
