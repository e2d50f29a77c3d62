import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { answerAwsRequest, type Service } from './aws-requests';
import { credentials } from './environment';
import type { Gateway } from './gateway/gateway';
import { answerHomePage, asksForHomePage } from './home-page';
import { waitPatiently } from './patience';

/** Handles all requests to the port. */
export interface Dispatcher {
  readonly listener: RequestListener;
  /** Refuses new SCIM requests. Resolves when the current ones are done or take too long. */
  drain(): Promise<void>;
}

/** One port for everything: requests that name an AWS operation go to the services, all others are SCIM. */
export function createDispatcher(services: ReadonlyMap<string, Service>, gateway: Gateway): Dispatcher {
  const underWay = new Set<Promise<void>>();
  let draining = false;

  const answerScim = async (request: IncomingMessage, response: ServerResponse) => {
    if (draining) {
      response.writeHead(503, { 'Retry-After': '1', Connection: 'close' }).end();
      return;
    }
    const answered = gateway(request, response);
    underWay.add(answered);
    await answered.finally(() => underWay.delete(answered));
  };

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    if (asksForHomePage(request)) return answerHomePage(request, response);
    if (request.headers['x-amz-target'] === undefined) return await answerScim(request, response);
    await answerAwsRequest(services, credentials.accessKeyId, request, response);
  };

  return {
    listener(request, response) {
      answer(request, response).catch((error: unknown) => {
        // A client that disconnected is not an error.
        if (response.destroyed) return;
        console.error('scim-local: a request failed:', error);
        response.writeHead(500, { 'Content-Type': 'application/json' }).end('{"__type":"InternalServerError"}');
      });
    },
    async drain() {
      draining = true;
      await waitPatiently(Promise.allSettled(underWay));
    },
  };
}
