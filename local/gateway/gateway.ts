import type { IncomingMessage, ServerResponse } from 'node:http';
import { methods, type Route, type RouteFunction } from '../../deployment/functions';
import type { GatewayResponse } from '../../deployment/gateway-responses';
import { account, region } from '../engine/call-store';
import { type DeployedFunction, type InvocationResult, invoke, maxResultBytes } from '../invoke';
import { withoutTokens } from '../printed';
import { type Authorize, createAuthorizer } from './authorization';
import { compress, fromGatewayResponse, fromProxyResult, type HttpResponse, send } from './http-response';
import { routeMatcher } from './match-route';
import { apiId, type Routed, toProxyEvent } from './proxy-event';
import { type Received, readBody, readHead } from './received';
import type { Admit } from './throttle';

/** A REST API: its routes, its functions and its gateway responses. */
export interface Api {
  readonly stage: string;
  readonly routes: readonly Route[];
  readonly responses: readonly GatewayResponse[];
  readonly functions: Readonly<Record<RouteFunction, DeployedFunction>>;
  readonly authorizer: DeployedFunction;
  readonly authorizerCacheSeconds: number;
  /** What an Authorization header must look like for the authorizer to be asked. */
  readonly authorizationPattern: RegExp;
  /** Whether the stage accepts one more request; without it, it accepts all. */
  readonly accept?: () => boolean;
  /** Limits the requests of each API key that the authorizer names; without it keys are not required. */
  readonly admit?: Admit;
  /** Minimum size in bytes of responses that are compressed. */
  readonly minimumCompressionSize: number;
  /** Called with each request when it is answered. */
  readonly log: (served: ServedRequest) => void;
}

/** A request that was answered. */
export interface ServedRequest {
  /** The id that functions know it by. */
  readonly id: string;
  readonly method: string;
  readonly status: number;
  /** What it was, without query and token. */
  readonly line: string;
  /** The bodies, not compressed. */
  readonly sent: string;
  readonly answered: string;
}

/** Handles one request. */
export type Gateway = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Emulates a REST API with a TOKEN authorizer and Lambda proxy integrations, stage in the path. */
export function createGateway(api: Api): Gateway {
  const authorize = createAuthorizer(api.authorizer, api.authorizerCacheSeconds, api.authorizationPattern);
  const matchRoute = routeMatcher(api.routes);
  return async (request, response) => {
    const head = readHead(request);
    const body = await readBody(request);
    const answer =
      typeof body === 'string'
        ? fromGatewayResponse(api.responses, body, head.extendedId)
        : await handle(api, matchRoute, authorize, { ...head, body });
    send(response, head, answer);
    api.log({
      id: head.extendedId,
      method: head.method,
      status: answer.status,
      line: logLine(head, answer),
      sent: typeof body === 'string' ? '' : body.toString(),
      answered: (answer.plain ?? answer.body).toString(),
    });
  };
}

async function handle(
  api: Api,
  matchRoute: ReturnType<typeof routeMatcher<Route>>,
  authorize: Authorize,
  received: Received,
): Promise<HttpResponse> {
  const refuse = (type: string) => fromGatewayResponse(api.responses, type, received.extendedId);

  if (api.accept && !api.accept()) return refuse('THROTTLED');
  const path = withoutStage(received.path, api.stage);
  const match = path !== undefined && methods.includes(received.method) ? matchRoute(received.method, path) : undefined;
  if (path === undefined || !match) return refuse('MISSING_AUTHENTICATION_TOKEN');

  const { route, parameters } = match;
  const { stage } = api;
  const methodArn = `arn:aws:execute-api:${region()}:${account}:${apiId}/${stage}/${received.method}${path}`;
  const authorization = route.open ? undefined : await authorize(received.header.authorization, methodArn);
  if (authorization?.kind === 'refused') return refuse(authorization.response);
  const admission = (authorization && api.admit?.(authorization.usageKey)) ?? 'admitted';
  if (admission !== 'admitted') return refuse(admission);

  const authorizer = authorization?.context;
  const routed: Routed = { received, stage, path, resource: route.path, parameters, authorizer };
  const outcome = await invoke(api.functions[route.function], toProxyEvent(routed));
  const answer = fromOutcome(outcome, route.function);
  return typeof answer === 'string' ? refuse(answer) : await compress(answer, received, api.minimumCompressionSize);
}

function withoutStage(path: string, stage: string): string | undefined {
  const prefix = `/${stage}`;
  if (path === prefix) return '/';
  return path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : undefined;
}

/** The response of a function, or the type of the gateway response that replaces it. */
function fromOutcome(outcome: InvocationResult, name: RouteFunction): HttpResponse | string {
  if (outcome.kind === 'tooLarge') return 'REQUEST_TOO_LARGE';
  if (outcome.kind === 'timedOut') return 'INTEGRATION_TIMEOUT';
  if (outcome.kind === 'threw') {
    console.error(`scim-local: the function ${name} failed:`, outcome.error);
    return 'INTEGRATION_FAILURE';
  }
  const answer = outcome.bytes > maxResultBytes ? undefined : fromProxyResult(outcome.value);
  if (answer) return answer;
  console.error(`scim-local: the function ${name} returned a value that is not a proxy result, or more than 6 MB.`);
  return 'INTEGRATION_FAILURE';
}

function logLine({ method, path, time }: Omit<Received, 'body'>, { status }: HttpResponse): string {
  const shown = withoutTokens(path);
  return `${time.toISOString().slice(11, 19)} ${method} ${shown} ${status} ${Date.now() - time.getTime()} ms`;
}
