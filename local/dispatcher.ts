import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { answerAwsRequest, type Service } from './aws-requests';
import { credentials } from './environment';
import type { Gateway } from './gateway/gateway';
import { waitPatiently } from './patience';

/** What answers every request to the port. */
export interface Dispatcher {
  readonly listener: RequestListener;
  /** Takes no more SCIM requests and resolves when those under way are answered, or take too long. */
  drain(): Promise<void>;
}

/** One port for all: what names an operation of AWS goes to the services, all else is SCIM. */
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
    if (request.headers['x-amz-target'] === undefined) return await answerScim(request, response);
    await answerAwsRequest(services, credentials.accessKeyId, request, response);
  };

  return {
    listener(request, response) {
      answer(request, response).catch((error: unknown) => {
        // A client that has gone is no failure of ours.
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
