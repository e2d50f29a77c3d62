import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { APIGatewayProxyResult } from 'aws-lambda';
import type { Address } from './address';
import { answer } from './answer';

/** The files of the page by name, such as `portal.html` and `assets/portal-3F2A.js`: all are text. */
export type Page = ReadonlyMap<string, string>;

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
};

const plain = 'text/plain; charset=utf-8';

/** Reads the page beside the bundle, or the file that `PORTAL_PAGE` names; nothing if it was not built. */
export function readPage(): Page | undefined {
  const file = process.env.PORTAL_PAGE ?? join(__dirname, 'page.json');
  if (!existsSync(file)) return undefined;
  return new Map(Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>));
}

/** Answers a GET: the page, one of its files, or 404. */
export function servePage(
  page: Page | undefined,
  { base, below, endsWithSlash }: Pick<Address, 'base' | 'below' | 'endsWithSlash'>,
): APIGatewayProxyResult {
  if (below === '' && endsWithSlash) return answer(302, plain, '', { Location: `${base}/portal` });
  if (!page) return answer(503, plain, 'The page was not built: run "npm run bundle".\n');
  const name = below === '' ? 'portal.html' : below;
  const body = page.get(name);
  const type = types[name.slice(name.lastIndexOf('.') + 1)];
  const isAsset = below.startsWith('assets/');
  if (body === undefined || type === undefined || !(isAsset || below === '')) {
    return answer(404, plain, 'There is nothing here.\n');
  }
  // An asset is named by its content, so that it can be kept for ever.
  return answer(200, type, body, isAsset ? { 'Cache-Control': 'public, max-age=31536000, immutable' } : {});
}
