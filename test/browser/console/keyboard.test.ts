import { openStage, type Stage } from '../harness/console';
import { create, user } from '../harness/scim';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterEach(() => expect(stage.complaints()).toEqual([]));
afterAll(() => stage.close());

/** The name of what has the focus: its label, or its text. */
const focused = () =>
  stage.page.evaluate<string>(
    `(document.activeElement.getAttribute('aria-label') ?? document.activeElement.labels?.[0]?.textContent ?? document.activeElement.textContent).trim()`,
  );

/** Presses Tab until something of this name has the focus, as a person does who sees no mouse. */
async function tabTo(name: string | RegExp): Promise<void> {
  const { page } = stage;
  await page.getByRole('link', { name }).or(page.getByRole('button', { name })).first().waitFor();
  for (let presses = 0; presses < 60; presses += 1) {
    await stage.page.keyboard.press('Tab');
    const text = await focused();
    if (typeof name === 'string' ? text === name : name.test(text)) return;
  }
  throw new Error(`Tab does not lead to ${name}; the focus is at ${await focused()}`);
}

test('a tenant is found, opened, and gets a token with the keyboard alone', async () => {
  const { page, endpoint } = stage;
  const tenant = await endpoint.createTenant({ label: 'Keys' });
  await create(tenant, '/Users', user('Anna', 'Example'));
  await stage.go('#/');
  await page.getByRole('link', { name: 'Keys' }).waitFor();

  await page.keyboard.press('Tab');
  expect(await focused()).toBe('Skip to the content');
  await page.keyboard.press('Enter');
  expect(await page.evaluate<string>('document.activeElement.id')).toBe('main');

  await tabTo('Keys');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Keys' }).waitFor();
  // The heading of the new screen has the focus, so that a screen reader says where it is.
  expect(await focused()).toBe('Keys');

  await tabTo('Credentials');
  await page.keyboard.press('Enter');
  await tabTo('Create token');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  expect(await focused()).toBe('Label');
  await page.keyboard.type('By keyboard');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Automatic provisioning' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByText('By keyboard').waitFor();
  expect(await focused()).toBe('Create token');
});

test('the focus stays in a dialog, and Escape closes it', async () => {
  const { page, endpoint } = stage;
  const { tenantId } = await endpoint.createTenant({ label: 'Trap' });
  await stage.go(`#/tenants/${tenantId}/credentials?dialog=token`);
  await page.getByRole('dialog').waitFor();
  for (let presses = 0; presses < 12; presses += 1) {
    await page.keyboard.press('Tab');
    expect(
      await page.evaluate(
        'document.activeElement === document.body || document.activeElement.closest("dialog") !== null',
      ),
    ).toBe(true);
  }
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.waitForURL(({ hash }) => hash === `#/tenants/${tenantId}/credentials`);
});

test('a row of activity opens and closes with Enter', async () => {
  const { page, endpoint } = stage;
  const tenant = await endpoint.createTenant({ label: 'Rows' });
  await create(tenant, '/Users', user('Anna', 'Example'));
  await stage.go(`#/tenants/${tenant.tenantId}/activity`);
  const row = (expanded: boolean) => page.getByRole('button', { name: /created user anna/, expanded });
  await row(false).waitFor();
  await tabTo(/created user anna/);
  await page.keyboard.press('Enter');
  await row(true).waitFor();
  await page.keyboard.press('Enter');
  await row(false).waitFor();
});

test('what is typed while a search begins stays in the box, and is searched for next', async () => {
  const { page, endpoint } = stage;
  const { tenantId } = await endpoint.createTenant({ label: 'Typing' });
  await stage.go(`#/tenants/${tenantId}/users`);
  const search = page.getByRole('searchbox');
  await search.waitFor();
  // The next letter comes at the moment at which the address changes to the search for the first ones.
  await page.evaluate(`addEventListener('hashchange', () => {
    const box = document.querySelector('input[type=search]');
    box.value = 'zoe';
    box.dispatchEvent(new Event('input', { bubbles: true }));
  }, { once: true })`);
  await search.fill('zo');
  await page.waitForURL(/search=zo$/);
  expect(await search.inputValue()).toBe('zoe');
  await page.waitForURL(/search=zoe$/);
  expect(await search.inputValue()).toBe('zoe');
  // An address that is opened by something else fills the box.
  await page.evaluate(`location.hash = '#/tenants/${tenantId}/users?search=anna'`);
  await page.waitForFunction(`document.querySelector('input[type=search]').value === 'anna'`);
});
