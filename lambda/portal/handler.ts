import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { requestIdOf } from '../gateway/event';
import { requestEntry } from '../gateway/request-entry';
import { describeError, type Log } from '../telemetry/log';
import { type Address, addressOf } from './address';
import { failed } from './answer';
import { type Page, servePage } from './page';
import type { ServedCall } from './serve-call';

const noConsumption = { readUnits: 0, writeUnits: 0, conflicts: 0 };

/** Answers a call that arrived now. */
export type ServeCall = (event: APIGatewayProxyEvent, address: Address, now: Date) => Promise<ServedCall>;

/** What the handler needs. */
export interface HandlerServices {
  /** The page; nothing if it was not built. */
  readonly page: () => Page | undefined;
  readonly serveCall: ServeCall;
  readonly log: Log;
  readonly clock: () => Date;
  /** The name by which the deployment's metrics are known. */
  readonly metrics: string;
}

/** Creates the function behind the portal: its page, its files, and its calls. It never throws. */
export function portalHandler(
  services: HandlerServices,
): (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult> {
  const { clock } = services;
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
  { page, serveCall, log }: HandlerServices,
  event: APIGatewayProxyEvent,
  now: Date,
): Promise<ServedCall> {
  try {
    const address = addressOf(event);
    if (event.httpMethod !== 'POST') return { result: servePage(page(), address) };
    return await serveCall(event, address, now);
  } catch (error) {
    log({ level: 'error', requestId: requestIdOf(event), error: describeError(error) });
    return { result: failed(event) };
  }
}
