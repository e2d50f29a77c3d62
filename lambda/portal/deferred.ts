import type { ServeCall } from './handler';
import { serveCall } from './serve-call';
import { services } from './services';

/** Answers a call. This module, with all that calls need, is a file of its own: the page is served without it. */
export const serveLoaded: ServeCall = (event, address, now) => {
  const baseUrl = (tenantId: string) => `${address.base}/${tenantId}/scim/v2`;
  const deployment = { ...services.deployment, baseUrl };
  const arrived = { services: { ...services, deployment }, event, address, now };
  return serveCall(arrived, /^api\/(.*)$/.exec(address.below)?.[1] ?? '');
};
