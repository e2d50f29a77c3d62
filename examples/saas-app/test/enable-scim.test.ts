import { openTenants } from 'serverless-scim/tenants';
import type { LocalScim } from 'serverless-scim/testing';
import { startScim } from './local-scim';

let scim: LocalScim;

beforeAll(async () => {
  scim = await startScim();
});

afterAll(() => scim.stop());

test('the button gives the customer one tenant without credentials, and a new link each time', async () => {
  const { handler } = require('../functions/enable-scim') as typeof import('../functions/enable-scim');
  const { tenantId, setupLink, pin } = await handler({ customer: 'acme' });
  expect(setupLink).toMatch(/\/portal#/);
  expect(pin).toMatch(/^\d{6}$/);

  const again = await handler({ customer: 'acme' });
  expect(again.tenantId).toBe(tenantId);
  expect(again.setupLink).not.toBe(setupLink);
  expect(await openTenants(scim).tokens.list(tenantId)).toEqual([]);
});
