import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { Held } from '../directory/brake';
import type { Caller, ScimResponse, Services } from '../directory/request';
import type { Consumption } from '../directory/store';
import { requireOpen, type TenantState } from '../directory/tenant-state';
import { internalError, ScimError } from '../scim/message/error';
import { describeError, type Log } from '../telemetry/log';
import { dispatch, type Endpoint } from './dispatch';
import { readCaller, requestIdOf, toRequest } from './request';
import { requestEntry } from './request-entry';
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
): Promise<ScimResponse> {
  const state = host.state(caller.tenantId);
  const handle = async () => {
    const request = toRequest(event, caller, state);
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
    let scimType: string | undefined;
    let held = false;
    try {
      caller = readCaller(event);
      const response = answer(endpoints, services, host, event, caller);
      await Promise.allSettled([response, host.recordUse(caller, started)]);
      result = toResult(await response);
    } catch (error) {
      const known = error instanceof ScimError ? error : failure;
      if (known === failure) host.log({ level: 'error', requestId, error: describeError(error) });
      scimType = known.scimType;
      held = known instanceof Held;
      result = toErrorResult(known, { requestId, profile: caller?.profile, now: services.now() });
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
      scimType,
      held,
      milliseconds: ended.getTime() - started.getTime(),
      consumption: host.consumption(),
    };
    host.log(requestEntry(summary, ended));
    return event.httpMethod === 'HEAD' ? { ...result, body: '' } : result;
  };
}
