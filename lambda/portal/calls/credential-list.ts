import { canAuthenticate } from '../../../operator/tenants/client-parts';
import type { CredentialInfo } from '../../../web/api/portal';
import { isExpired, type Tenant } from '../../tenants/tenant';

/** Whether a credential is the token with which the operator created the tenant. */
export const isFirst = (tenant: Tenant, { created }: { readonly created: string }) => created === tenant.created;

/** The credentials of a tenant, oldest first, without anything secret. */
export function credentialsOf(tenant: Tenant, now: Date): readonly CredentialInfo[] {
  const isOff = tenant.state === 'disabled';
  const tokens = [...tenant.tokens].map(([id, { label, created, expires, lastUse }]): CredentialInfo => {
    const ended = isExpired({ expires }, now);
    return {
      id,
      kind: 'token',
      ...(label !== undefined && { label }),
      ...(isFirst(tenant, { created }) && { isFirst: true }),
      state: ended ? 'expired' : offOr(isOff),
      created,
      ...(lastUse !== undefined && { lastUse }),
      secrets: [{ created, expires, isExpired: ended }],
    };
  });
  const clients = [...tenant.clients].map(([id, client]): CredentialInfo => {
    const { label, created, lastUse, secrets } = client;
    return {
      id,
      kind: 'client',
      ...(label !== undefined && { label }),
      state: canAuthenticate(client, now) ? offOr(isOff) : 'expired',
      created,
      ...(lastUse !== undefined && { lastUse }),
      secrets: secrets.map((secret) => ({
        created: secret.created,
        expires: secret.expires,
        isExpired: isExpired(secret, now),
      })),
    };
  });
  return [...tokens, ...clients].sort((a, b) => (a.created < b.created ? -1 : 1));
}

const offOr = (isOff: boolean) => (isOff ? 'disabled' : 'live');
