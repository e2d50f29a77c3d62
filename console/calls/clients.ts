import { recordAction } from '../../operator/activity/record-action';
import { OperatorError } from '../../operator/error';
import { addKey, addTrust, removePart, rotateClient } from '../../operator/tenants/change-client';
import { readPublicKey } from '../../operator/tenants/client-key';
import { secretId } from '../../operator/tenants/client-parts';
import { createClient, requireClient, revokeClient } from '../../operator/tenants/clients';
import { tokenUrlOf } from '../../operator/tenants/token-url';
import type { CredentialCalls } from '../../web/api/console/credentials';
import { type Handlers, ofTenant, type TenantContext } from '../call';
import { requireTyped } from '../confirm';
import { flag, object, text, whole } from '../input';
import { cacheNote, options, overlapHours } from './tokens';

/** Milliseconds. */
const hour = 3_600_000;
const day = 24 * hour;

/** A public key as PEM or JWK. */
const key = text(20_000);

const workload = object({ issuer: text(), subject: text(), audience: text() }, { jwksUrl: text() });

type Calls = 'clients.create' | 'clients.rotate' | 'clients.addKey' | 'clients.addWorkload' | 'clients.revoke';

/** Calls about OAuth clients. */
export const clientCalls: Handlers<Pick<CredentialCalls, Calls>> = {
  'clients.create': ofTenant(
    {},
    { ...options, label: text(200), readOnly: flag, accessTokenHours: whole(1, 6), key, workload },
    async (context, input) => {
      const { services } = context.deployment;
      if (input.key !== undefined && input.workload) {
        throw new OperatorError('A client signs its own assertions or a workload does: choose one.');
      }
      const { clientId: id, made } = await createClient(services, context.tenant.tenantId, {
        ...(input.label !== undefined && { clientLabel: input.label }),
        ...(input.readOnly && { scope: 'scim:read' }),
        ...(input.days !== undefined && { life: input.days * day }),
        ...(input.accessTokenHours !== undefined && { accessTokenLife: input.accessTokenHours * hour }),
        ...(input.key !== undefined && { key: readPublicKey(input.key) }),
        ...(input.workload && { trust: input.workload }),
        ...(input.limit !== undefined && { limit: input.limit }),
      });
      const notes = await record(context, 'clientCreated', id, input.label);
      return { client: { ...addresses(context, id), ...(made && shown(made)) }, notes };
    },
  ),

  'clients.rotate': ofTenant(
    { id: text(64) },
    { days: options.days, overlapHours },
    async (context, { id, days, overlapHours: overlap }) => {
      const { label } = requireClient(context.tenant, id);
      const { made, client } = await rotateClient(context.deployment.services, context.tenant, id, {
        ...(overlap !== undefined && { overlap: overlap * hour }),
        ...(days !== undefined && { life: days * day }),
      });
      const before = client.secrets.slice(0, -1).map((secret) => ({ id: secretId(secret), expires: secret.expires }));
      const notes = await record(context, 'clientRotated', id, label);
      return { client: { ...addresses(context, id), ...shown(made) }, before, notes };
    },
  ),

  'clients.addKey': ofTenant({ id: text(64), key }, {}, async (context, { id, key: given }) => {
    const { label } = await addKey(context.deployment.services, context.tenant, id, readPublicKey(given));
    return { notes: await record(context, 'clientKeyAdded', id, label) };
  }),

  'clients.addWorkload': ofTenant({ id: text(64), workload }, {}, async (context, { id, workload: trusted }) => {
    const { label } = await addTrust(context.deployment.services, context.tenant, id, trusted);
    return { notes: await record(context, 'clientTrustAdded', id, label, { issuer: trusted.issuer }) };
  }),

  'clients.revoke': ofTenant(
    { id: text(64), confirm: text(64) },
    { part: text(64) },
    async (context, { id, part, confirm }) => {
      const { deployment, tenant } = context;
      requireTyped(confirm, part ?? id);
      const label = tenant.clients.get(id)?.label;
      if (part === undefined) {
        await revokeClient(deployment.services, tenant, id);
        const done = `Client ${id} is revoked, with its access tokens. ${cacheNote}`;
        return { notes: [done, ...(await record(context, 'clientRevoked', id, label))] };
      }
      await removePart(deployment.services, tenant, id, part);
      const done = `${part} of client ${id} is revoked. Access tokens that it got before work until they end.`;
      return { notes: [done, ...(await record(context, 'clientPartRevoked', id, label, { part }))] };
    },
  ),
};

type Action =
  | 'clientCreated'
  | 'clientRotated'
  | 'clientKeyAdded'
  | 'clientTrustAdded'
  | 'clientRevoked'
  | 'clientPartRevoked';

function record(
  { deployment, tenant }: TenantContext,
  action: Action,
  credential: string,
  label: string | undefined,
  more: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  const values = { ...more, credential, ...(label !== undefined && { label }) };
  return recordAction(deployment, tenant.tenantId, { action, values });
}

function addresses({ deployment, tenant }: TenantContext, id: string) {
  const baseUrl = deployment.baseUrl(tenant.tenantId);
  return { id, baseUrl, tokenEndpoint: tokenUrlOf(baseUrl) };
}

const shown = ({ secret, expires }: { readonly secret: string; readonly expires: string }) => ({
  secret,
  secretExpires: expires,
});
