import type { IncomingMessage, RequestListener } from 'node:http';
import { loadPage } from '../console/load-page';
import { placeOf } from '../console/place';
import { type RunningConsole, startConsole } from '../console/server';
import { sourceOf } from '../console/source';
import type { DeploymentFacts } from '../operator/connection/facts';

/** Starts the operator's console beside an endpoint, on a port of its own. @param folder that of the data, if there is one */
export function startLocalConsole(facts: DeploymentFacts, folder: string | undefined): Promise<RunningConsole> {
  const connect = async () => {
    // Loaded only if needed: the endpoint starts without it.
    const { connect: open } = require('../operator/connection/open') as typeof import('../operator/connection/open');
    return open(facts);
  };
  return startConsole({
    source: sourceOf(placeOf(facts, '', folder), connect),
    page: loadPage,
    log: (failure) => console.error('scim-local: a call of the console failed:', failure),
  });
}

/** Sends a person who opens the address of the endpoint in a browser to the console, if there is one. */
export function withLanding(listener: RequestListener, url: string, address: string | undefined): RequestListener {
  if (address === undefined) return listener;
  const hosts = [new URL(url).host, `localhost:${new URL(url).port}`];
  return (request, response) => {
    if (!isOpenedByPerson(request, hosts)) return listener(request, response);
    const headers = { Location: address, 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' };
    response.writeHead(302, headers).end();
  };
}

/**
 * Whether a person opens `/` in a tab of a browser, by typing the address or from this page. The answer has the secret of
 * the console: a script cannot make such a request, and no other site gets there by a link, a frame or another name.
 */
function isOpenedByPerson({ method, url, headers }: IncomingMessage, hosts: readonly string[]): boolean {
  return (
    method === 'GET' &&
    url === '/' &&
    hosts.includes(headers.host ?? '') &&
    headers['sec-fetch-mode'] === 'navigate' &&
    headers['sec-fetch-dest'] === 'document' &&
    ['none', 'same-origin'].includes(String(headers['sec-fetch-site']))
  );
}
