import type { APIGatewayProxyEvent } from 'aws-lambda';
import { type FetchRules, jsonFetcher } from '../../lambda/oauth/fetch-json';
import { oauthHandler } from '../../lambda/oauth/handler';
import { IssuerKeys } from '../../lambda/oauth/issuer-keys';
import type { ClientSecret, SecretReading } from '../../lambda/tenants/credential-secret';
import { cacheSecrets } from '../../lambda/tenants/secret-cache';
import { hashToken, makeClientSecret } from '../../lambda/tenants/token-format';

export const tenantId = 'tenantaaaaaa';
export const clientId = 'clientaaaaaa';
export const host = 'abc.execute-api.eu-west-1.amazonaws.com';
export const issuerUrl = `https://${host}/prod/${tenantId}`;
export const secret = makeClientSecret({ tenantId, credentialId: clientId });
export const macKey = Buffer.alloc(32, 1).toString('base64url');

/** A client with one secret, valid until 2100. */
export const client: ClientSecret = {
  kind: 'client',
  profile: 'standard',
  state: 'enabled',
  label: 'entra',
  scope: 'scim',
  accessTokenSeconds: 3600,
  secrets: [{ hash: hashToken(secret), created: '2026-01-01T00:00:00.000Z', expires: '2100-01-01T00:00:00.000Z' }],
  keys: [],
  trusts: [],
  macKey,
};

/** A response of the token endpoint, and what it cost. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The token endpoint over the secrets of this map, by `tenant/client`; everything between is real. */
export function openTokenEndpoint(
  secrets: Map<string, ClientSecret | SecretReading>,
  { rules = { hosts: new Set<string>() }, clock = () => new Date() }: { rules?: FetchRules; clock?: () => Date } = {},
) {
  const logged: Readonly<Record<string, unknown>>[] = [];
  const lookUps: string[] = [];
  const read = (tenant: string, id: string): Promise<SecretReading> => {
    lookUps.push(`${tenant}/${id}`);
    const stored = secrets.get(`${tenant}/${id}`);
    if (stored === undefined) return Promise.resolve({ kind: 'absent' });
    return Promise.resolve(stored.kind === 'client' ? { kind: 'found', secret: stored } : stored);
  };
  const handle = oauthHandler({
    secrets: cacheSecrets({ read }, clock, 1_000),
    issuerKeys: new IssuerKeys(jsonFetcher(rules), clock),
    clock,
    log: (entry) => logged.push(entry),
    deployment: 'directory',
    documentation: undefined,
  });
  const call = async (event: APIGatewayProxyEvent): Promise<Answer> => {
    const { statusCode, headers = {}, body } = await handle(event);
    return { status: statusCode, headers, body: JSON.parse(body) as Answer['body'] };
  };
  return {
    logged,
    lookUps,
    call,
    /** Sends a form to the token endpoint of a tenant. */
    post: (form: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}, tenant = tenantId) =>
      call(tokenEvent(new URLSearchParams(form).toString(), headers, tenant)),
  };
}

/** The gateway's event of a token request. */
export function tokenEvent(
  body: string | null,
  headers: Readonly<Record<string, string>> = {},
  tenant = tenantId,
): APIGatewayProxyEvent {
  const path = `/prod/${tenant}/oauth2/token`;
  return {
    httpMethod: 'POST',
    resource: '/{tenantId}/oauth2/token',
    path: path.slice('/prod'.length),
    pathParameters: { tenantId: tenant },
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
    body,
    isBase64Encoded: false,
    requestContext: { path, domainName: host, extendedRequestId: 'Xy1+/w=', requestId: 'chosen' },
  } as unknown as APIGatewayProxyEvent;
}

/** A form with a client's secret. */
export const formOf = (more: Readonly<Record<string, string>> = {}) => ({
  grant_type: 'client_credentials',
  client_id: clientId,
  client_secret: secret,
  ...more,
});

/** The header by which a client authenticates with Basic. */
export const basic = (id: string, text: string) => ({
  Authorization: `Basic ${Buffer.from(`${id}:${text}`).toString('base64')}`,
});
