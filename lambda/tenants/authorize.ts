import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent } from 'aws-lambda';
import type { ProfileName } from '../scim/schema/profile';
import type { Log } from '../telemetry/log';
import { isExpired } from './tenant';
import { matchesHash, parseToken, type TokenName } from './token-format';
import type { SecretReader, SecretReading } from './token-secret';

/** Services of the authorizer. */
export interface AuthorizerServices {
  readonly secrets: SecretReader;
  readonly clock: () => Date;
  readonly log: Log;
  /** The methods that the policy allows. */
  readonly verbs: readonly string[];
}

type Reason = 'garbled' | 'unknown' | 'wrong secret' | 'expired' | 'disabled';

/**
 * Authorizes a valid token for exactly its tenant's part of the API. The tenant is read only from the token, so that the
 * policy, which the gateway caches by token, is right for every path.
 * @throws Error `Unauthorized` if the token is not valid: the gateway responds with 401. Another Error if that cannot be
 * checked: the gateway responds with 500, because an identity provider gives up a token after 401.
 */
export async function authorize(
  { secrets, clock, log, verbs }: AuthorizerServices,
  event: APIGatewayTokenAuthorizerEvent,
): Promise<APIGatewayAuthorizerResult> {
  const token = readToken(event.authorizationToken);
  const name = parseToken(token);
  if (!name) throw unauthorized(log, 'garbled');
  const reading = await secrets.read(name.tenantId, name.tokenId);
  if ('cause' in reading) throw unchecked(log, reading.cause, name);
  const verdict = judge(reading, token, clock());
  if (verdict.reason) throw unauthorized(log, verdict.reason, name);
  return allow(event.methodArn, verbs, name, verdict.profile);
}

/** The token of an `Authorization` header: after `Bearer` in any case (RFC 7235 §2.1), or bare (Okta's header apps). */
function readToken(header: string): string {
  return header.trim().replace(/^bearer +/i, '');
}

function judge(
  reading: Exclude<SecretReading, { readonly cause: unknown }>,
  token: string,
  now: Date,
): { readonly reason: Reason } | { readonly reason?: undefined; readonly profile: ProfileName } {
  if (reading.kind === 'absent') return { reason: 'unknown' };
  const { secret } = reading;
  if (!matchesHash(token, secret.hash)) return { reason: 'wrong secret' };
  if (isExpired(secret, now)) return { reason: 'expired' };
  if (secret.state !== 'enabled') return { reason: 'disabled' };
  return { profile: secret.profile };
}

/** Logs the cause, because Lambda's log line of an error does not contain it. */
function unchecked(log: Log, cause: unknown, name: TokenName): Error {
  const message = 'The token cannot be checked now';
  log({ level: 'error', message, error: String(cause), ...name });
  return new Error(message, { cause });
}

function unauthorized(log: Log, reason: Reason, name?: TokenName): Error {
  log({ level: 'warn', message: 'unauthorized', reason, ...name });
  return new Error('Unauthorized');
}

function allow(
  methodArn: string,
  verbs: readonly string[],
  { tenantId, tokenId }: TokenName,
  profile: ProfileName,
): APIGatewayAuthorizerResult {
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
    context: { tenantId, tokenId, profile },
  };
}
