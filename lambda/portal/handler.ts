import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { Deployment } from '../../operator/connection/open';
import { requestIdOf } from '../gateway/event';
import { requestEntry } from '../gateway/request-entry';
import { describeError } from '../telemetry/log';
import { addressOf } from './address';
import { failed } from './answer';
import type { PortalServices } from './context';
import { type Page, servePage } from './page';
import { type ServedCall, serveCall } from './serve-call';

const noConsumption = { readUnits: 0, writeUnits: 0, conflicts: 0 };

/** What the handler needs. */
export interface HandlerServices extends Omit<PortalServices, 'deployment'> {
  /** Where the tenants are, it knows by each request. */
  readonly deployment: Omit<Deployment, 'baseUrl'>;
  /** The page; nothing if it was not built. */
  readonly page: () => Page | undefined;
  /** The name by which the deployment's metrics are known. */
  readonly metrics: string;
}

/** Creates the function behind the portal: its page, its files, and its calls. It never throws. */
export function portalHandler(
  services: HandlerServices,
): (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult> {
  const { clock } = services.deployment.services;
  return async (event) => {
    const started = clock();
    const { result, tenantId, call } = await serve(services, event, started);
    const ended = clock();
    const summary = {
      deployment: services.metrics,
      function: 'portal',
      requestId: requestIdOf(event),
      tenantId,
      credentialId: undefined,
      method: event.httpMethod,
      route: call === undefined ? event.resource : `/portal/api/${call}`,
      status: result.statusCode,
      scimType: undefined,
      held: false,
      milliseconds: ended.getTime() - started.getTime(),
      consumption: noConsumption,
    };
    services.log(requestEntry(summary, ended));
    return result;
  };
}

async function serve(
  { page, deployment, ...services }: HandlerServices,
  event: APIGatewayProxyEvent,
  now: Date,
): Promise<ServedCall> {
  try {
    const address = addressOf(event);
    if (event.httpMethod !== 'POST') return { result: servePage(page(), address) };
    const baseUrl = (tenantId: string) => `${address.base}/${tenantId}/scim/v2`;
    const arrived = { services: { ...services, deployment: { ...deployment, baseUrl } }, event, address, now };
    return await serveCall(arrived, /^api\/(.*)$/.exec(address.below)?.[1] ?? '');
  } catch (error) {
    services.log({ level: 'error', requestId: requestIdOf(event), error: describeError(error) });
    return { result: failed(event) };
  }
}
