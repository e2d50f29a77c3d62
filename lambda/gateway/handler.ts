import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { Held } from '../directory/brake';
import type { Caller, ScimRequest, ScimResponse, Services } from '../directory/request';
import type { Consumption } from '../directory/store';
import { requireOpen, type TenantState } from '../directory/tenant-state';
import { internalError, ScimError } from '../scim/message/error';
import { describeError, type Log } from '../telemetry/log';
import { dispatch, type Endpoint } from './dispatch';
import { requestIdOf } from './event';
import { originOf, readCaller, toRequest } from './request';
import { requestEntry } from './request-entry';
import type { RequestFacts } from './request-facts';
import { toErrorResult, toResult } from './result';

/**
 * Answers a request of a tenant that is open. The tenant's state is read in parallel with what the request reads first;
 * writes wait for it.
 */
async function answer(
  endpoints: readonly Endpoint[],
  services: Services,
  host: Host,
  event: APIGatewayProxyEvent,
  caller: Caller,
  onRequest: (request: ScimRequest) => void,
): Promise<ScimResponse> {
  const state = host.state(caller.tenantId);
  const handle = async () => {
    const request = toRequest(event, caller, state);
    onRequest(request);
    return dispatch(endpoints, request)(services, request);
  };
  const [known, handled] = await Promise.allSettled([state, handle()]);
  if (known.status === 'rejected') throw known.reason;
  requireOpen(known.value);
  if (handled.status === 'rejected') throw handled.reason;
  return handled.value;
}

/** What a handler needs besides the services: names for its log lines, and functions called for each request. */
export interface Host {
  readonly deployment: string;
  readonly function: string;
  readonly log: Log;
  /** What operators have set for a tenant, as it was a few seconds ago at most. */
  readonly state: (tenantId: string) => Promise<TenantState>;
  /** Records the use of a token; must not throw. */
  readonly recordUse: (caller: Caller, now: Date) => Promise<void>;
  /** Records what a request of a tenant came to; must not throw, and takes 50 ms at most. */
  readonly record?: (facts: RequestFacts) => Promise<void>;
  /** Units consumed since the last request. */
  readonly consumption: () => Consumption;
}

export type ProxyHandler = (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult>;

const failure = internalError(
  'The request failed inside the endpoint. Send it again: a repeated request completes what this one may have started. ' +
    'The reason is in the log, under the id that follows.',
);

/** Creates the function that API Gateway invokes: event in, result out. The only place where an error becomes a response. */
export function scimHandler(endpoints: readonly Endpoint[], services: Services, host: Host): ProxyHandler {
  return async (event) => {
    const started = services.now();
    const requestId = requestIdOf(event);
    let caller: Caller | undefined;
    let result: APIGatewayProxyResult;
    let request: ScimRequest | undefined;
    let response: ScimResponse | undefined;
    let failed: ScimError | undefined;
    try {
      caller = readCaller(event);
      const answered = answer(endpoints, services, host, event, caller, (read) => {
        request = read;
      });
      await Promise.allSettled([answered, host.recordUse(caller, started)]);
      response = await answered;
      result = toResult(response);
    } catch (error) {
      const known = error instanceof ScimError ? error : failure;
      if (known === failure) host.log({ level: 'error', requestId, error: describeError(error) });
      failed = known;
      result = toErrorResult(known, { requestId, profile: caller?.profile, now: services.now() });
    }
    if (caller) {
      await host.record?.({
        requestId,
        caller,
        origin: originOf(event),
        method: event.httpMethod,
        route: event.resource,
        pathId: event.pathParameters?.id,
        status: result.statusCode,
        started,
        ended: services.now(),
        request,
        response: failed ? undefined : response,
        error: failed,
      });
    }
    const ended = services.now();
    const summary = {
      deployment: host.deployment,
      function: host.function,
      requestId,
      tenantId: caller?.tenantId,
      credentialId: caller?.credentialId,
      method: event.httpMethod,
      route: event.resource,
      status: result.statusCode,
      scimType: failed?.scimType,
      held: failed instanceof Held,
      milliseconds: ended.getTime() - started.getTime(),
      consumption: host.consumption(),
    };
    host.log(requestEntry(summary, ended));
    return event.httpMethod === 'HEAD' ? { ...result, body: '' } : result;
  };
}
