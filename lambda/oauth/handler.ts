import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { publicUrl, requestIdOf } from '../gateway/event';
import { requestEntry } from '../gateway/request-entry';
import type { Scope } from '../scim/scope';
import { describeError, type Log } from '../telemetry/log';
import { countsOfDeployment } from '../telemetry/metrics';
import { makeAccessToken } from '../tenants/access-token';
import type { ClientSecret } from '../tenants/credential-secret';
import { hasIdForm } from '../tenants/id';
import { type AuthenticatedClient, type AuthenticationServices, authenticate } from './authenticate';
import { OAuthError } from './error';
import { metadata, tokenEndpoint } from './metadata';
import { readTokenRequest, usedBasic } from './token-request';

/** What the token endpoint needs. */
export interface OAuthServices extends AuthenticationServices {
  readonly log: Log;
  /** The name by which the deployment's metrics are known. */
  readonly deployment: string;
  /** The URL of the deployer's documentation, if there is one. */
  readonly documentation: string | undefined;
}

/** Only who has the whole secret is refused for these reasons, so that nobody else can raise the alarm about them. */
const known: ReadonlySet<unknown> = new Set(['expired', 'disabled']);

const noConsumption = { readUnits: 0, writeUnits: 0, conflicts: 0 };

/** RFC 6749 §5.1: nobody may keep a response of a token endpoint. */
const headers = {
  'Content-Type': 'application/json',
  'Cache-Control': 'no-store',
  Pragma: 'no-cache',
  'X-Content-Type-Options': 'nosniff',
};

/** Creates the function behind the token endpoint and its metadata. It never throws. */
export function oauthHandler(services: OAuthServices): (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult> {
  return async (event) => {
    const started = services.clock();
    const { tenantId, issuer } = addressOf(event);
    // Anybody can write anything into the path; the log has it only if it can be a tenant.
    const logged = hasIdForm(tenantId) ? tenantId : undefined;
    let answered: Answer;
    try {
      answered = event.resource.endsWith('/oauth2/token')
        ? await issueToken(services, event, tenantId, issuer)
        : { result: respond(200, metadata(issuer, services.documentation)) };
    } catch (error) {
      answered = { result: refuse(services, event, logged, error) };
    }
    const ended = services.clock();
    const { result, credentialId } = answered;
    const summary = {
      deployment: services.deployment,
      function: 'oauth',
      requestId: requestIdOf(event),
      tenantId: logged,
      credentialId,
      method: event.httpMethod,
      route: event.resource,
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

interface Answer {
  readonly result: APIGatewayProxyResult;
  readonly credentialId?: string;
}

/** The tenant in the path, and the URL of its authorization server (RFC 8414 §2). */
function addressOf(event: APIGatewayProxyEvent): { readonly tenantId: string; readonly issuer: string } {
  const tenantId = event.pathParameters?.tenantId ?? '';
  const path = (event.requestContext.path ?? event.path).replace(/\/$/, '').split('/');
  const stage = path.slice(0, path.length - (event.resource.split('/').length - 1)).join('/');
  return { tenantId, issuer: `${publicUrl(event, stage)}/${tenantId}` };
}

async function issueToken(
  services: OAuthServices,
  event: APIGatewayProxyEvent,
  tenantId: string,
  issuer: string,
): Promise<Answer> {
  const { presented, scope } = readTokenRequest(event);
  const place = { tenantId, audiences: [tokenEndpoint(issuer), issuer] };
  const authenticated = await authenticate(services, place, presented);
  const { clientId: credentialId } = authenticated;
  return { result: respond(200, accessToken(tenantId, authenticated, scope, services.clock())), credentialId };
}

/** A successful response (RFC 6749 §5.1). */
function accessToken(
  tenantId: string,
  { clientId: credentialId, client }: AuthenticatedClient,
  requested: string | undefined,
  now: Date,
) {
  const scope = grant(client, requested);
  const expires = Math.floor(now.getTime() / 1000) + client.accessTokenSeconds;
  return {
    access_token: makeAccessToken({ tenantId, credentialId, expires, scope }, client.macKey),
    token_type: 'Bearer',
    expires_in: client.accessTokenSeconds,
    scope,
  };
}

/**
 * A client may ask for less than it has. Scopes that this endpoint does not know are ignored, as RFC 6749 §3.3 allows:
 * Entra sends whatever its gallery says. The response always names the scope that was granted.
 */
function grant({ scope }: ClientSecret, requested: string | undefined): Scope {
  const asked = requested?.split(' ') ?? [];
  return asked.includes('scim:read') && !asked.includes('scim') ? 'scim:read' : scope;
}

/** An error response (RFC 6749 §5.2), and what the operator needs to know about it in the log. */
function refuse(
  { log, deployment, clock }: OAuthServices,
  event: APIGatewayProxyEvent,
  tenantId: string | undefined,
  error: unknown,
): APIGatewayProxyResult {
  const requestId = requestIdOf(event);
  if (!(error instanceof OAuthError)) {
    log({ level: 'error', requestId, error: describeError(error) });
    return respond(500, {
      error: 'server_error',
      error_description: `The endpoint failed. Send the request again; if it fails again, give the operator this id. (request ${requestId})`,
    });
  }
  const { status, code, message, more } = error;
  if (more.cause !== undefined) log({ level: 'warn', requestId, tenantId, error: describeError(more.cause) });
  if (more.reason) {
    const counts = known.has(more.reason) ? countsOfDeployment(deployment, clock(), { RefusedCredentials: 1 }) : {};
    log({ level: 'warn', message: 'unauthorized', reason: more.reason, requestId, tenantId, ...counts });
  }
  return respond(
    status,
    { error: code, error_description: `${message} (request ${requestId})` },
    {
      ...(more.retryAfter === undefined ? {} : { 'Retry-After': String(more.retryAfter) }),
      ...(status === 401 && usedBasic(event) ? { 'WWW-Authenticate': 'Basic realm="scim", charset="UTF-8"' } : {}),
    },
  );
}

function respond(statusCode: number, body: object, more: Readonly<Record<string, string>> = {}): APIGatewayProxyResult {
  return { statusCode, headers: { ...headers, ...more }, body: JSON.stringify(body) };
}
