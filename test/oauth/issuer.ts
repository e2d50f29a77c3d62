import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, LookupFunction } from 'node:net';
import type { FetchRules } from '../../lambda/oauth/fetch-json';
import { makeCertificate } from './certificate';

/** An issuer on this machine, reached by a name that no resolver knows. */
export interface Issuer {
  /** Its URL, `https://issuer.example:<port>`. */
  readonly url: string;
  /** The rules by which it can be reached, although its address is private. */
  readonly rules: FetchRules;
  /** The paths that were asked for. */
  readonly asked: string[];
  /** Replaces what it responds to a path: a document, or a function that responds. */
  readonly pages: Map<string, unknown>;
  close(): Promise<void>;
}

/** Resolves every name to this machine. */
export const toThisMachine: LookupFunction = (_host, options, callback) => {
  if (options.all) callback(null, [{ address: '127.0.0.1', family: 4 }]);
  else callback(null, '127.0.0.1', 4);
};

type Respond = (response: ServerResponse, request: IncomingMessage) => void;

/** Starts an issuer that serves its pages over https, with a certificate of its own. */
export async function startIssuer(host = 'issuer.example'): Promise<Issuer> {
  const certificate = makeCertificate(host);
  const asked: string[] = [];
  const pages = new Map<string, unknown>();
  const server = createServer(certificate, (request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const page = pages.get(path);
    if (typeof page === 'function') (page as Respond)(response, request);
    else if (page === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(page));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const name = `${host}:${(server.address() as AddressInfo).port}`;
  return {
    url: `https://${name}`,
    asked,
    pages,
    rules: { hosts: new Set([name]), lookup: toThisMachine, isAllowedAddress: () => true, ca: certificate.cert },
    close: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
}
