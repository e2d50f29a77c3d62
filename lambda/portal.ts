import type * as Deferred from './portal/deferred';
import { portalHandler } from './portal/handler';
import { type Page, readPage } from './portal/page';
import { consoleLog } from './telemetry/log';

let page: Page | undefined;

/** The portal: its page and its calls; see `portalHandler`. */
export const handler = portalHandler({
  page: () => {
    page ??= readPage();
    return page;
  },
  serveCall: async (...call) => (require('./portal/deferred') as typeof Deferred).serveLoaded(...call),
  log: consoleLog,
  clock: () => new Date(),
  metrics: process.env.DIRECTORY_TABLE ?? '',
});
