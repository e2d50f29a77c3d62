import type { IncomingMessage, ServerResponse } from 'node:http';

const title = 'A SCIM endpoint runs here';

const sentences = [
  'This is serverless-scim on your machine: an endpoint for identity providers, not a website.',
  'Its Base URL and API token are printed where you started it.',
  'Check it with: npx scim-admin doctor <Base URL> --token <API token>',
  'README.md and docs/okta.md say what to do with it.',
];

/** Whether a request is for the page at the root, which API Gateway does not have. */
export function asksForHomePage({ method = '', url }: IncomingMessage): boolean {
  return url === '/' && ['GET', 'HEAD'].includes(method);
}

/** Tells people who open the address of the endpoint what it is: as a page for a browser, otherwise as text. */
export function answerHomePage({ headers }: IncomingMessage, response: ServerResponse): void {
  const isBrowser = headers.accept?.includes('text/html') ?? false;
  response
    .writeHead(200, { 'Content-Type': `text/${isBrowser ? 'html' : 'plain'}; charset=utf-8` })
    .end(isBrowser ? page() : `${[title, ...sentences].join('\n')}\n`);
}

function page(): string {
  const paragraphs = sentences.map((text) => `<p>${text.replaceAll('<', '&lt;')}</p>`).join('');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><h1>${title}</h1>${paragraphs}</html>\n`;
}
