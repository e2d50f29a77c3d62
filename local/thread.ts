import type { MessagePort } from 'node:worker_threads';
import { type EndpointOptions, startEndpoint, type TenantAccess } from './endpoint';
import { describeEndpoint } from './environment';
import type { BusEvent } from './event-bus';

/** What the program that starts the thread may choose. */
export type ThreadOptions = Pick<EndpointOptions, 'profile' | 'extensions'>;

/** What the thread tells the program. */
type ThreadMessage =
  | { readonly kind: 'started'; readonly tenant: TenantAccess; readonly facts: ReturnType<typeof describeEndpoint> }
  | { readonly kind: 'event'; readonly event: BusEvent }
  /** The answer to every message of the program: each event of a change before it was sent. */
  | { readonly kind: 'settled' };

/**
 * Runs an endpoint in memory, in a thread: it has an environment of its own, so a process can have many.
 * @throws StartError as `startEndpoint`
 */
export async function runThread(port: MessagePort, options: ThreadOptions): Promise<void> {
  const send = (message: ThreadMessage) => port.postMessage(message);
  const endpoint = await startEndpoint({
    ...options,
    memory: true,
    onEvents: async (events) => {
      for (const event of events) send({ kind: 'event', event });
    },
  });
  port.on('message', () => {
    endpoint.settled().then(() => send({ kind: 'settled' }));
  });
  const tenant = await endpoint.firstTenant();
  send({ kind: 'started', tenant, facts: describeEndpoint(endpoint.url, endpoint.stage) });
}
