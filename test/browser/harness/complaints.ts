import type { BrowserContext, Page } from 'playwright-core';

/** Answers of the API below 500 are part of what a test tries; everything else that fails is a fault. */
const expected = (status: number, url: string) => status < 500 && /\/api\/[\w.]+$/.test(url);

const reportViolations = `document.addEventListener('securitypolicyviolation', (event) =>
  console.error('Content-Security-Policy: ' + event.effectiveDirective + ' blocked ' + (event.blockedURI || event.sample)));`;

/**
 * Collects what a browser complains about in all pages of a context: errors on the console, exceptions, violations of the
 * Content-Security-Policy, requests that fail, and requests to anywhere but the origin under test.
 */
export async function collectComplaints(context: BrowserContext, origin: string): Promise<string[]> {
  const complaints: string[] = [];
  await context.addInitScript(reportViolations);
  context.on('page', (page: Page) => {
    page.on('pageerror', (error) => complaints.push(`exception: ${error.stack ?? error.message}`));
    page.on('console', (message) => {
      // A failed request is judged below, by its status.
      const isFailedRequest = message.text().startsWith('Failed to load resource');
      if (['error', 'warning'].includes(message.type()) && !isFailedRequest) complaints.push(message.text());
    });
  });
  context.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !url.startsWith('data:')) complaints.push(`a request went elsewhere: ${url}`);
  });
  context.on('response', (response) => {
    const status = response.status();
    if (status >= 400 && !expected(status, response.url())) complaints.push(`${status} ${response.url()}`);
  });
  return complaints;
}
