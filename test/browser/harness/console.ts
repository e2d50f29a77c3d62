import type { Browser, Page } from 'playwright-core';
import { loadPage } from '../../../console/load-page';
import { placeOf } from '../../../console/place';
import { type RunningConsole, startConsole } from '../../../console/server';
import { sourceOf } from '../../../console/source';
import { type Endpoint, startEndpoint } from '../../../local/endpoint';
import { describeEndpoint } from '../../../local/environment';
import { connect } from '../../../operator/connection/open';
import { openBrowser, openContext } from './chromium';
import { collectComplaints } from './complaints';

/** A local endpoint in memory, the operator's console that works on it, and a browser that has it open. */
export interface Stage {
  readonly endpoint: Endpoint;
  readonly page: Page;
  /** The address of the console, with its secret. */
  readonly address: string;
  /** Goes to a place in the page, such as `#/tenants/<id>`. */
  go(hash: string): Promise<void>;
  /** What the browser, or the server, has complained about since the last call. */
  complaints(): readonly string[];
  close(): Promise<void>;
}

/** Opens all of it. Without events, there is no activity of changes. */
export async function openStage({ events = true } = {}): Promise<Stage> {
  const endpoint = await startEndpoint({ memory: true, port: 0, events });
  const facts = describeEndpoint(endpoint.url, endpoint.stage);
  const failures: string[] = [];
  const running = await startConsole({
    source: sourceOf(placeOf(facts, ''), async () => connect(facts)),
    page: loadPage,
    log: (failure) => failures.push(failure instanceof Error ? (failure.stack ?? failure.message) : String(failure)),
  });
  const browser = await openBrowser();
  const { page, seen } = await openPage(browser, running);
  return {
    endpoint,
    page,
    address: running.address,
    async go(hash) {
      await page.goto(`${new URL(running.address).origin}/${hash}`);
    },
    complaints: () => [...seen.splice(0), ...failures.splice(0)],
    async close() {
      await browser.close();
      await running.close();
      await endpoint.close();
    },
  };
}

async function openPage(browser: Browser, { address }: RunningConsole) {
  const { origin } = new URL(address);
  const context = await openContext(browser, {
    viewport: { width: 1280, height: 800 },
    permissions: ['clipboard-read', 'clipboard-write'],
    reducedMotion: 'reduce',
  });
  const seen = await collectComplaints(context, origin);
  const page = await context.newPage();
  await page.goto(address);
  await page.getByRole('heading', { level: 1, name: 'Tenants' }).waitFor();
  return { page, seen };
}
