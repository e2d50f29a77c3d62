import type { OutgoingHttpHeaders } from 'node:http';
import { extname } from 'node:path';
import { pagePolicy } from '../deployment/page-policy';

/** A file of the page. */
export interface PageFile {
  readonly type: string;
  readonly body: string;
}

/** The files of the page by their paths, such as `/assets/console-ABCD1234.js`: no other path is answered. */
export type PageFiles = ReadonlyMap<string, PageFile>;

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

/** The files of a bundle of the page, without those that only the portal has an address for. */
export function pageFiles(files: ReadonlyMap<string, Uint8Array | string>): PageFiles {
  return new Map(
    [...files].flatMap(([path, content]) => {
      const type = types[extname(path)];
      if (!type || path === 'portal.html') return [];
      return [[`/${path}`, { type, body: typeof content === 'string' ? content : Buffer.from(content).toString() }]];
    }),
  );
}

/** The headers of every answer with a body of this type. */
export function headersOf(type: string): OutgoingHttpHeaders {
  return {
    'Content-Type': type,
    'Content-Security-Policy': pagePolicy,
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  };
}
