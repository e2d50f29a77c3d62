import type { ClientRecord } from '../../lambda/tenants/client';
import type { ClientSecret, CredentialSecret, TokenSecret } from '../../lambda/tenants/credential-secret';
import type { Tenant, TokenRecord } from '../../lambda/tenants/tenant';

/** What the secrets of a tenant's credentials repeat of the tenant. */
type OfTenant = Pick<Tenant, 'profile' | 'state' | 'tier'>;

/** The secret of a token: what the tenant item says, and the token's hash. */
export function tokenSecret(
  { profile, state, tier }: OfTenant,
  { label, scope, expires }: TokenRecord,
  hash: string,
): TokenSecret {
  const optional = { ...(label ? { label } : {}), ...(tier ? { tier } : {}) };
  return { kind: 'token', hash, profile, expires, state, scope, ...optional };
}

/** The secret of a client: what the tenant item says, and the key of its access tokens. */
export function clientSecret(
  { profile, state, tier }: OfTenant,
  { created: _, version: __, lastUse: ___, ...authentication }: ClientRecord,
  macKey: string,
): ClientSecret {
  return { kind: 'client', profile, state, ...(tier ? { tier } : {}), ...authentication, macKey };
}

/** What the secret of a credential should be, as its tenant item says; undefined if that does not list it. */
export function expectedSecret(
  tenant: Tenant,
  credentialId: string,
  present: CredentialSecret,
): CredentialSecret | undefined {
  const token = tenant.tokens.get(credentialId);
  if (token && present.kind === 'token') return tokenSecret(tenant, token, present.hash);
  const client = tenant.clients.get(credentialId);
  return client && present.kind === 'client' ? clientSecret(tenant, client, present.macKey) : undefined;
}
