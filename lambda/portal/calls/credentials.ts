import { rotateClient } from '../../../operator/tenants/change-client';
import { createClient, revokeClient } from '../../../operator/tenants/clients';
import { createToken, revokeToken, rotateToken } from '../../../operator/tenants/tokens';
import type { MadeCredential, RotatedCredential } from '../../../web/api/portal';
import type { ClientRecord } from '../../tenants/client';
import { isExpired, type Tenant } from '../../tenants/tenant';
import { record, type SessionContext, tenantOf } from '../context';
import { invalid, PortalError } from '../error';
import { optionalTextIn, textIn, wordIn } from '../read-call';
import { testLabel } from '../test-label';
import { refuseAnotherSecret, refuseTooMany } from './credential-limits';

const day = 24 * 3_600_000;

/** For how long the credential before a rotation works, in days. */
const overlap = { usual: 7, most: 30 };

/** The address of the token endpoint, beside that of SCIM. */
export function tokenEndpointOf(baseUrl: string): string {
  return baseUrl.replace(/\/scim\/v2$/, '/oauth2/token');
}

/** `credentials.create` */
export async function createCredential(context: SessionContext): Promise<MadeCredential> {
  const kind = wordIn(context.input, 'kind', ['token', 'client']);
  const label = labelIn(context);
  const tenant = await enabledTenant(context);
  refuseTooMany(tenant, kind, context.now);
  const { services } = context.services.deployment;
  if (kind === 'token') {
    const made = await createToken(services, tenant.tenantId, label === undefined ? {} : { tokenLabel: label });
    await recordCredential(context, 'Credential Created', { id: made.tokenId, kind, label });
    return tokenAnswer(context, made);
  }
  const { clientId, made } = await createClient(
    services,
    tenant.tenantId,
    label === undefined ? {} : { clientLabel: label },
  );
  await recordCredential(context, 'Credential Created', { id: clientId, kind, label });
  return clientAnswer(context, clientId, made);
}

/** `credentials.rotate` */
export async function rotateCredential(context: SessionContext): Promise<RotatedCredential> {
  const days = overlapIn(context);
  const id = textIn(context.input, 'id');
  const tenant = await enabledTenant(context);
  const found = find(tenant, id);
  const { services } = context.services.deployment;
  if ('token' in found) {
    const { label } = found.token;
    if (label === testLabel) throw ofTest();
    refuseTooMany(tenant, 'token', context.now);
    const made = await rotateToken(services, tenant, id, { overlap: days * day });
    await recordCredential(context, 'Credential Rotated', { id: made.tokenId, kind: 'token', label }, id);
    const previousEnds = (await tenantOf(context)).tokens.get(id)?.expires ?? context.now.toISOString();
    return { ...tokenAnswer(context, made), previousEnds };
  }
  const { client } = found;
  if (client.secrets.length === 0) throw noSecret();
  refuseAnotherSecret(client, context.now);
  const last = client.secrets.findLast((secret) => !isExpired(secret, context.now));
  const { made, client: rotated } = await rotateClient(services, tenant, id, { overlap: days * day });
  await recordCredential(context, 'Credential Rotated', { id, kind: 'client', label: client.label });
  const before = rotated.secrets.find(({ hash }) => hash === last?.hash);
  return { ...clientAnswer(context, id, made), previousEnds: before?.expires ?? context.now.toISOString() };
}

/** `credentials.revoke` */
export async function revokeCredential(context: SessionContext) {
  const id = textIn(context.input, 'id');
  const tenant = await tenantOf(context);
  const found = find(tenant, id);
  const { services } = context.services.deployment;
  const isToken = 'token' in found;
  await (isToken ? revokeToken : revokeClient)(services, tenant, id);
  const { label } = isToken ? found.token : found.client;
  await recordCredential(context, 'Credential Revoked', { id, kind: isToken ? 'token' : 'client', label });
  return {};
}

const actions = {
  'Credential Created': { token: 'tokenCreated', client: 'clientCreated' },
  'Credential Rotated': { token: 'tokenRotated', client: 'clientRotated' },
  'Credential Revoked': { token: 'tokenRevoked', client: 'clientRevoked' },
} as const;

interface Named {
  readonly id: string;
  readonly kind: 'token' | 'client';
  readonly label: string | undefined;
}

function recordCredential(
  context: SessionContext,
  type: keyof typeof actions,
  { id, kind, label }: Named,
  old?: string,
): Promise<void> {
  const named = label === undefined ? {} : { label };
  const values = { credential: id, ...named, ...(old === undefined ? {} : { old }) };
  return record(
    context,
    context.current,
    { action: actions[type][kind], values },
    { type, credential: { id, kind, ...named } },
  );
}

function tokenAnswer(
  context: SessionContext,
  { tokenId, token, expires }: { readonly tokenId: string; readonly token: string; readonly expires: string },
) {
  const baseUrl = context.services.deployment.baseUrl(context.current.session.tenantId);
  return { kind: 'token', id: tokenId, baseUrl, token, expires } as const;
}

function clientAnswer(
  context: SessionContext,
  clientId: string,
  made: { readonly secret: string; readonly expires: string } | undefined,
) {
  if (!made) throw noSecret();
  const tenantUrl = context.services.deployment.baseUrl(context.current.session.tenantId);
  const { secret: clientSecret, expires } = made;
  const tokenEndpoint = tokenEndpointOf(tenantUrl);
  return { kind: 'client', id: clientId, tenantUrl, tokenEndpoint, clientId, clientSecret, expires } as const;
}

async function enabledTenant(context: SessionContext): Promise<Tenant> {
  const tenant = await tenantOf(context);
  if (tenant.state === 'enabled') return tenant;
  throw new PortalError(409, 'disabled', 'The operator has switched the connection off.', 'Ask the operator why.');
}

type Found =
  | { readonly token: { readonly label?: string; readonly expires: string } }
  | { readonly client: ClientRecord };

/** @throws PortalError 404 */
function find({ tokens, clients }: Tenant, id: string): Found {
  const token = tokens.get(id);
  if (token) return { token };
  const client = clients.get(id);
  if (client) return { client };
  throw new PortalError(
    404,
    'unknown',
    'There is no such credential; it may have been revoked.',
    'Load the page again.',
  );
}

const noSecret = () =>
  new PortalError(409, 'no-secret', 'This client signs by itself and has no secret.', 'Ask the operator to change it.');

/** Its successor would outlive the test, and nobody would count what it does. */
const ofTest = () =>
  new PortalError(409, 'refused', 'This token belongs to the test and ends with it.', 'Create one of your own.');

function overlapIn({ input }: SessionContext): number {
  const { overlapDays: days = overlap.usual } = input;
  if (typeof days === 'number' && Number.isInteger(days) && days >= 0 && days <= overlap.most) return days;
  throw invalid(`The one before works for 0 to ${overlap.most} days more.`);
}

function labelIn({ input }: SessionContext): string | undefined {
  const label = optionalTextIn(input, 'label', 60)?.trim();
  if (label === undefined || label === '') return undefined;
  if (/\p{Cc}/u.test(label)) throw invalid('The name has a control character.');
  if (label === testLabel) throw invalid('The test has this name: choose another one.');
  return label;
}
