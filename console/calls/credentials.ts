import { type ListedClient, listClients } from '../../operator/tenants/client-list';
import { tokenUrlOf } from '../../operator/tenants/token-url';
import { listTokens } from '../../operator/tenants/tokens';
import type { ClientPart, CredentialCalls } from '../../web/api/console/credentials';
import { type Handlers, ofTenant } from '../call';

/** Calls about all credentials of a tenant. */
export const credentialCalls: Handlers<Pick<CredentialCalls, 'credentials.list'>> = {
  'credentials.list': ofTenant({}, {}, async ({ deployment, tenant }) => {
    const baseUrl = deployment.baseUrl(tenant.tenantId);
    const [tokens, clients] = await Promise.all([
      listTokens(deployment.services, tenant),
      listClients(deployment.services, tenant),
    ]);
    return {
      baseUrl,
      tokenEndpoint: tokenUrlOf(baseUrl),
      tokens: tokens.map(({ tokenId: id, ...token }) => ({ id, ...token })),
      clients: clients.map((client) => {
        const { clientId: id, label, scope, state, created, lastUse } = client;
        const optional = { ...(label !== undefined && { label }), ...(lastUse !== undefined && { lastUse }) };
        return { id, scope, state, created, ...optional, parts: partsOf(client) };
      }),
    };
  }),
};

function partsOf({ secrets, keys, trusts }: ListedClient): readonly ClientPart[] {
  return [
    ...secrets.map(({ id, state, created, expires }) => ({ id, kind: 'secret', state, created, expires }) as const),
    ...keys.map(({ id, created, jwk }) => {
      return { id, kind: 'key', state: 'live', created, what: [jwk.kty, jwk.crv].filter(Boolean).join(' ') } as const;
    }),
    ...trusts.map(({ id, created, issuer, subject, audience }) => {
      return { id, kind: 'trust', state: 'live', created, what: `${subject} of ${issuer} to ${audience}` } as const;
    }),
  ];
}
