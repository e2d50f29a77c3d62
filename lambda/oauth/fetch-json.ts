import { lookup as resolve } from 'node:dns';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Json } from '../scim/json';
import { isPublicAddress } from './public-address';

/** Where documents may be fetched from, and how; tests have an issuer of their own on this machine. */
export interface FetchRules {
  /** Host names, each with its port if that is not 443. */
  readonly hosts: ReadonlySet<string>;
  /** @default only public ones */
  readonly isAllowedAddress?: (address: string) => boolean;
  /** @default the resolver of the system */
  readonly lookup?: LookupFunction;
  /** Certificates in PEM. @default those that Node trusts */
  readonly ca?: string;
  /** Milliseconds for the whole response. */
  readonly timeout?: number;
}

const maxBytes = 256 * 1024;
const defaultTimeout = 3_000;

/**
 * Creates the function that fetches a JSON document by https. It connects to hosts on the list only, and to the very
 * address that it has checked, so that a name that resolves differently a moment later (DNS rebinding) leads nowhere. It
 * follows no redirects, and ends after 3 s or 256 KB. It throws an Error that says what is wrong with the URL or the
 * response.
 */
export function jsonFetcher(rules: FetchRules): (url: string) => Promise<Json> {
  return async (text) => {
    const url = checkUrl(text, rules.hosts);
    const body = await get(url, rules);
    try {
      return JSON.parse(body) as Json;
    } catch {
      throw new Error(`${url.host} did not respond with JSON.`);
    }
  };
}

function checkUrl(text: string, hosts: ReadonlySet<string>): URL {
  const url = new URL(text);
  if (url.protocol !== 'https:') throw new Error('The URL is not an https URL.');
  if (url.username || url.password) throw new Error('The URL has a user name or password.');
  // An address needs no look-up, so nothing would check it.
  if (isIP(url.hostname.replace(/^\[|\]$/g, ''))) throw new Error('The URL has an address instead of a host name.');
  if (!hosts.has(url.host)) throw new Error(`${url.host} is not on the list of federation hosts.`);
  return url;
}

function get(
  url: URL,
  { lookup = resolve, isAllowedAddress = isPublicAddress, ca, timeout }: FetchRules,
): Promise<string> {
  const checked: LookupFunction = (host, options, callback) => {
    lookup(host, { ...options, all: true }, (error, found) => {
      const addresses = Array.isArray(found) ? found : [];
      const refused = addresses.find(({ address }) => !isAllowedAddress(address));
      if (error) callback(error, '', 0);
      else if (refused || !addresses[0]) callback(new Error(`${host} has no public address.`), '', 0);
      else if (options.all) callback(null, addresses);
      else callback(null, addresses[0].address, addresses[0].family);
    });
  };
  return new Promise((fulfil, reject) => {
    const signal = AbortSignal.timeout(timeout ?? defaultTimeout);
    const headers = { Accept: 'application/json', 'Accept-Encoding': 'identity' };
    const sent = request(url, { lookup: checked, agent: false, signal, headers, ...(ca ? { ca } : {}) });
    sent.on('error', reject);
    sent.on('response', (response) =>
      readBody(response)
        .then(fulfil, reject)
        .finally(() => sent.destroy()),
    );
    sent.end();
  });
}

async function readBody(response: IncomingMessage): Promise<string> {
  if (response.statusCode !== 200) throw new Error(`The response has the status ${response.statusCode}, not 200.`);
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > maxBytes) throw new Error(`The response is larger than ${maxBytes} bytes.`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
