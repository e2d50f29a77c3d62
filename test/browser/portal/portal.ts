import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { type Deployment, openDeployment } from '../../../operator/connection/open';
import {
  type CreatedInvitation,
  createInvitation,
  type InvitationOptions,
} from '../../../operator/invitations/invitations';
import { type LocalEndpoint, startLocal } from '../../cli/local-endpoint';
import { openBrowser, openContext } from '../harness/chromium';
import { collectComplaints } from '../harness/complaints';

const returnUrl = 'https://app.northwind.example/settings';

const brand = {
  productName: 'Northwind Analytics',
  operatorName: 'Northwind',
  accentColour: '#0f766e',
  supportUrl: 'mailto:support@northwind.example',
};

/** A browser of an administrator, with what it complained about. */
export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly complaints: readonly string[];
}

/** A local endpoint with the portal, and a browser. */
export interface Portal {
  readonly endpoint: LocalEndpoint;
  readonly deployment: Deployment;
  /** Creates a tenant, and returns its id, Base URL and a token of the operator's. */
  readonly tenant: LocalEndpoint['createTenant'];
  /** Invites somebody; with `ago`, so many milliseconds ago. */
  readonly invite: (tenant: string, options?: InvitationOptions, ago?: number) => Promise<CreatedInvitation>;
  readonly visit: () => Promise<Visitor>;
  /** Invites somebody, who opens the link. */
  readonly enter: (tenant: string, options?: InvitationOptions) => Promise<Visitor>;
  readonly close: () => Promise<void>;
}

/** Starts an endpoint whose portal has a brand. */
export async function startPortal(): Promise<Portal> {
  const settings = join(mkdtempSync(join(tmpdir(), 'scim-brand-')), 'portal.json');
  writeFileSync(settings, JSON.stringify({ brand, returnUrls: [returnUrl] }));
  process.env.PORTAL_SETTINGS = settings;
  const endpoint = await startLocal({ authorizerCacheSeconds: 0, events: true });
  const browser: Browser = await openBrowser();
  const deployment = await openDeployment({ stack: '', local: endpoint.data });
  const invite: Portal['invite'] = (tenant, options = {}, ago = 0) => {
    const { services, portal, ...rest } = deployment;
    const clock = () => new Date(Date.now() - ago);
    const place = {
      ...rest,
      services: { ...services, clock },
      portal: portal && { ...portal, returnUrls: [returnUrl] },
    };
    return createInvitation(place, tenant, { customer: 'Contoso Ltd', returnUrl, ...options });
  };
  const visit = async (): Promise<Visitor> => {
    const context = await openContext(browser, { permissions: ['clipboard-read', 'clipboard-write'] });
    const complaints = await collectComplaints(context, endpoint.url);
    return { context, page: await context.newPage(), complaints };
  };
  return {
    endpoint,
    deployment,
    tenant: (options) => endpoint.createTenant(options),
    invite,
    visit,
    enter: async (tenant, options) => {
      const visitor = await visit();
      await openLink(visitor.page, await invite(tenant, options));
      return visitor;
    },
    close: async () => {
      await browser.close();
      await endpoint.close();
    },
  };
}

/** Opens a link as its person does: by the PIN and a click. */
export async function openLink(page: Page, { url, pin }: CreatedInvitation): Promise<void> {
  await page.goto(url);
  await page.getByLabel('PIN').fill(pin);
  await page.getByRole('button', { name: /^Yes, connect/ }).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
}

/** Chooses an identity provider, reads what comes before the first step, and answers the question. */
export async function choose(page: Page, provider: string, answer?: string): Promise<void> {
  await page.getByLabel(provider).check();
  await page.getByRole('button', { name: 'Show the steps' }).click();
  await page.getByRole('button', { name: 'Begin', exact: true }).click();
  if (answer === undefined) return;
  await page.locator('.radio-card', { has: page.getByText(answer, { exact: true }) }).click();
  await page.getByRole('button', { name: 'Show the steps' }).click();
}

/** The value that the page shows for a field of the identity provider. */
export async function fieldValue(page: Page, field: string): Promise<string> {
  const row = page.locator('.fields-row', { has: page.locator('dt', { hasText: new RegExp(`^${field}$`) }) });
  return (await row.locator('code').first().textContent()) ?? '';
}

/** The line of the checklist beside the steps. */
export const lineOf = (page: Page, title: string) =>
  page.getByRole('complementary').locator('.check-done', { hasText: title });

/** What a browser keeps beyond the page: storage, and the addresses of its history. */
export function keptBy(page: Page): Promise<string> {
  return page.evaluate(
    'JSON.stringify({ local: { ...localStorage }, session: { ...sessionStorage }, state: history.state, address: location.href, name: window.name, cookie: document.cookie })',
  );
}
