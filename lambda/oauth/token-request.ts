import type { APIGatewayProxyEvent } from 'aws-lambda';
import { invalidRequest, OAuthError, wrongSecret } from './error';

/** How a client authenticates: by a client secret, or by a JWT that it or an issuer has signed. */
export type Presented =
  | { readonly method: 'secret'; readonly clientId: string; readonly secret: string }
  /** `clientId` may be absent: then the subject of the assertion is the client (RFC 7523 §3). */
  | { readonly method: 'assertion'; readonly clientId: string | undefined; readonly assertion: string };

/** A token request (RFC 6749 §4.4.2). */
export interface TokenRequest {
  readonly presented: Presented;
  /** As sent; absent if there was none. */
  readonly scope: string | undefined;
}

/** More than any assertion of an issuer needs. */
const maxBodyBytes = 32 * 1024;

const jwtBearer = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** What `scope` may hold (RFC 6749 §3.3). */
const scopePattern = /^[\x21\x23-\x5b\x5d-\x7e]+(?: [\x21\x23-\x5b\x5d-\x7e]+)*$/;

/**
 * Reads a token request.
 * @throws OAuthError `invalid_request`, `unsupported_grant_type`, `invalid_scope`, or `invalid_client` without credentials
 */
export function readTokenRequest(event: APIGatewayProxyEvent): TokenRequest {
  const form = readForm(event);
  const grantType = form.get('grant_type');
  if (grantType === undefined) throw invalidRequest('grant_type is missing. Send grant_type=client_credentials.');
  if (grantType !== 'client_credentials') {
    throw new OAuthError(
      400,
      'unsupported_grant_type',
      'This endpoint supports one grant type only. Send grant_type=client_credentials.',
    );
  }
  const scope = form.get('scope');
  if (scope !== undefined && !scopePattern.test(scope)) {
    throw new OAuthError(400, 'invalid_scope', 'scope is malformed. Leave it out, or send scim or scim:read.');
  }
  return { presented: readCredentials(headerOf(event, 'authorization'), form), scope };
}

/** Whether the client used the Authorization header: only then a 401 names a scheme (RFC 6749 §5.2). */
export function usedBasic(event: APIGatewayProxyEvent): boolean {
  return /^basic /i.test(headerOf(event, 'authorization')?.trim() ?? '');
}

function headerOf({ headers }: APIGatewayProxyEvent, name: string): string | undefined {
  return Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name)?.[1];
}

/** The parameters of the body. An empty one counts as absent, and an unknown one is ignored (RFC 6749 §3.2). */
function readForm(event: APIGatewayProxyEvent): ReadonlyMap<string, string> {
  const mediaType = headerOf(event, 'content-type')?.split(';')[0]?.trim().toLowerCase();
  if (mediaType !== 'application/x-www-form-urlencoded') {
    throw invalidRequest('The body must be a form. Send Content-Type: application/x-www-form-urlencoded.');
  }
  const body = event.body ?? '';
  if (Buffer.byteLength(body) > maxBodyBytes) throw invalidRequest('The body is larger than 32 KB. Send less.');
  const text = event.isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body;
  const form = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) {
    if (value === '') continue;
    if (form.has(name)) throw invalidRequest('A parameter is sent twice. Send each parameter once.');
    form.set(name, value);
  }
  return form;
}

function readCredentials(authorization: string | undefined, form: ReadonlyMap<string, string>): Presented {
  const basic = authorization === undefined ? undefined : readBasic(authorization);
  const clientId = form.get('client_id');
  const secret = form.get('client_secret');
  const assertion = form.get('client_assertion');
  if (basic && differs(basic, clientId, secret)) {
    throw invalidRequest('The Authorization header and the form name different clients. Authenticate in one of them.');
  }
  if (assertion !== undefined) {
    if (basic || secret !== undefined) {
      throw invalidRequest('The client authenticates in two ways. Send either a secret or client_assertion.');
    }
    if (form.get('client_assertion_type') !== jwtBearer) {
      throw invalidRequest(`client_assertion needs client_assertion_type=${jwtBearer}.`);
    }
    return { method: 'assertion', clientId, assertion };
  }
  if (basic) return { method: 'secret', ...basic };
  if (clientId === undefined || secret === undefined) {
    throw new OAuthError(
      401,
      'invalid_client',
      'The request has no credentials of a client. Send client identifier and client secret in an Authorization header ' +
        'with Basic, or client_id and client_secret in the form, or client_assertion.',
      { reason: 'garbled' },
    );
  }
  return { method: 'secret', clientId, secret };
}

/** Some clients authenticate in the header and in the form, with the same credentials: that is harmless. */
function differs(
  basic: { readonly clientId: string; readonly secret: string },
  clientId: string | undefined,
  secret: string | undefined,
): boolean {
  return (clientId ?? basic.clientId) !== basic.clientId || (secret ?? basic.secret) !== basic.secret;
}

/** RFC 6749 §2.3.1: identifier and secret are each form-encoded, joined by a colon, and then encoded as RFC 7617 has it. */
function readBasic(authorization: string): { readonly clientId: string; readonly secret: string } | undefined {
  const [, encoded] = /^basic +([A-Za-z0-9+/]+={0,2})$/i.exec(authorization.trim()) ?? [];
  if (encoded === undefined) throw wrongSecret('garbled');
  const [, id, secret] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? [];
  if (id === undefined || secret === undefined) throw wrongSecret('garbled');
  return { clientId: formDecode(id), secret: formDecode(secret) };
}

function formDecode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw wrongSecret('garbled');
  }
}
