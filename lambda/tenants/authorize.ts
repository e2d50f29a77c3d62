import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent } from 'aws-lambda';
import { tenantKey } from '../../deployment/limits';
import type { Log } from '../telemetry/log';
import { countsOfDeployment } from '../telemetry/metrics';
import { type AccessToken, matchesMac, parseAccessToken } from './access-token';
import type { CredentialSecret, SecretReader, SecretReading } from './credential-secret';
import { isExpired } from './tenant';
import { type CredentialName, matchesHash, parseToken } from './token-format';

/** Services of the authorizer. */
export interface AuthorizerServices {
  readonly secrets: SecretReader;
  readonly clock: () => Date;
  readonly log: Log;
  /** The methods that the policy allows. */
  readonly verbs: readonly string[];
  /** The name by which the deployment's metrics are known. */
  readonly deployment: string;
  /** The API key of tenants that have none of their own. */
  readonly sharedKey: string;
}

export type Reason = 'garbled' | 'unknown' | 'wrong secret' | 'expired' | 'expired access token' | 'disabled';

/**
 * Only who has the whole token is refused for these reasons, so that nobody else can raise the alarm about them. An access
 * token that has expired is not among them: its client gets another.
 */
const known: ReadonlySet<Reason> = new Set(['expired', 'disabled']);

/**
 * Authorizes a valid token for exactly its tenant's part of the API. The tenant is read only from the token, so that the
 * policy, which the gateway caches by token, is right for every path.
 * @throws Error `Unauthorized` if the token is not valid: the gateway responds with 401. Another Error if that cannot be
 * checked: the gateway responds with 500, because an identity provider gives up a token after 401.
 */
export async function authorize(
  { secrets, clock, log, verbs, deployment, sharedKey }: AuthorizerServices,
  event: APIGatewayTokenAuthorizerEvent,
): Promise<APIGatewayAuthorizerResult> {
  const token = readToken(event.authorizationToken);
  const access = parseAccessToken(token);
  const name = access ?? parseToken(token);
  if (!name) throw unauthorized(log, 'garbled');
  const { tenantId, credentialId } = name;
  const reading = await secrets.read(tenantId, credentialId);
  if ('cause' in reading) throw unchecked(log, reading.cause, { tenantId, credentialId });
  const verdict = judge(reading, token, access, clock());
  if (verdict.reason) {
    const count = known.has(verdict.reason) ? countsOfDeployment(deployment, clock(), { RefusedCredentials: 1 }) : {};
    throw unauthorized(log, verdict.reason, { tenantId, credentialId, ...count });
  }
  const { tier, label, profile } = verdict.secret;
  const usageIdentifierKey = tier ? tenantKey(tenantId, tier) : sharedKey;
  const scope = access?.scope ?? verdict.secret.scope;
  const context = { tenantId, credentialId, ...(label ? { credentialLabel: label } : {}), scope, profile };
  return { ...allow(event.methodArn, verbs, tenantId), context, usageIdentifierKey };
}

/** The token of an `Authorization` header: after `Bearer` in any case (RFC 7235 §2.1), or bare (Okta's header apps). */
function readToken(header: string): string {
  return header.trim().replace(/^bearer +/i, '');
}

function judge(
  reading: Exclude<SecretReading, { readonly cause: unknown }>,
  token: string,
  access: AccessToken | undefined,
  now: Date,
): { readonly reason: Reason } | { readonly reason?: undefined; readonly secret: CredentialSecret } {
  if (reading.kind === 'absent') return { reason: 'unknown' };
  const { secret } = reading;
  if (!isGenuine(token, access, secret)) return { reason: 'wrong secret' };
  if (secret.kind === 'token' && isExpired(secret, now)) return { reason: 'expired' };
  if (access && access.expires * 1000 <= now.getTime()) return { reason: 'expired access token' };
  if (secret.state !== 'enabled') return { reason: 'disabled' };
  return { secret };
}

/** An access token is only ever compared with the secret of a client, and an API token with that of a token. */
function isGenuine(token: string, access: AccessToken | undefined, secret: CredentialSecret): boolean {
  if (secret.kind === 'client') return access !== undefined && matchesMac(token, secret.macKey);
  return access === undefined && matchesHash(token, secret.hash);
}

/** Logs the cause, because Lambda's log line of an error does not contain it. */
function unchecked(log: Log, cause: unknown, name: CredentialName): Error {
  const message = 'The token cannot be checked now';
  log({ level: 'error', message, error: String(cause), ...name });
  return new Error(message, { cause });
}

function unauthorized(log: Log, reason: Reason, more: object = {}): Error {
  log({ level: 'warn', message: 'unauthorized', reason, ...more });
  return new Error('Unauthorized');
}

function allow(
  methodArn: string,
  verbs: readonly string[],
  tenantId: string,
): Omit<APIGatewayAuthorizerResult, 'context'> {
  const [api, stage] = methodArn.split('/');
  const resources = verbs.flatMap((verb) => {
    const tenant = `${api}/${stage}/${verb}/${tenantId}`;
    return [tenant, `${tenant}/*`];
  });
  return {
    principalId: tenantId,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: resources }],
    },
  };
}
