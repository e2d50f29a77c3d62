import { recordAction } from '../../operator/activity/record-action';
import { createToken, revokeToken, rotateToken } from '../../operator/tenants/tokens';
import type { CredentialCalls } from '../../web/api/console/credentials';
import { type Handlers, ofTenant } from '../call';
import { requireTyped } from '../confirm';
import { flag, text, whole } from '../input';

/** Milliseconds. */
const hour = 3_600_000;
const day = 24 * hour;

/** Options of new credentials: how long they live, and how many there may be. */
export const options = { days: whole(1, 36_500), limit: whole(1, 100) };

/** The longest that an old credential works beside its successor: a year, in hours. */
export const overlapHours = whole(0, 8_784);

export const cacheNote = 'It takes effect within two minutes.';

/** Calls about API tokens. */
export const tokenCalls: Handlers<Pick<CredentialCalls, 'tokens.create' | 'tokens.rotate' | 'tokens.revoke'>> = {
  'tokens.create': ofTenant(
    {},
    { ...options, label: text(200), readOnly: flag },
    async ({ deployment, tenant }, { label, readOnly, days, limit }) => {
      const { tenantId } = tenant;
      const made = await createToken(deployment.services, tenantId, {
        ...(label !== undefined && { tokenLabel: label }),
        ...(readOnly && { scope: 'scim:read' }),
        ...(days !== undefined && { life: days * day }),
        ...(limit !== undefined && { limit }),
      });
      const values = { credential: made.tokenId, ...(label !== undefined && { label }) };
      return {
        token: shown(made),
        notes: await recordAction(deployment, tenantId, { action: 'tokenCreated', values }),
      };
    },
  ),

  'tokens.rotate': ofTenant(
    { id: text(64) },
    { ...options, overlapHours },
    async ({ deployment, tenant }, { id: old, days, limit, overlapHours: overlap }) => {
      const { services } = deployment;
      const made = await rotateToken(services, tenant, old, {
        ...(overlap !== undefined && { overlap: overlap * hour }),
        ...(days !== undefined && { life: days * day }),
        ...(limit !== undefined && { limit }),
      });
      const { label, expires = '' } = tenant.tokens.get(old) ?? {};
      const notes = await recordAction(deployment, tenant.tenantId, {
        action: 'tokenRotated',
        values: { credential: made.tokenId, old, ...(label !== undefined && { label }) },
      });
      const end = new Date(services.clock().getTime() + (overlap ?? 0) * hour).toISOString();
      return { token: shown(made), oldExpires: overlap !== undefined && end < expires ? end : expires, notes };
    },
  ),

  'tokens.revoke': ofTenant(
    { id: text(64), confirm: text(64) },
    {},
    async ({ deployment, tenant }, { id, confirm }) => {
      requireTyped(confirm, id);
      const label = tenant.tokens.get(id)?.label;
      await revokeToken(deployment.services, tenant, id);
      const values = { credential: id, ...(label !== undefined && { label }) };
      const unrecorded = await recordAction(deployment, tenant.tenantId, { action: 'tokenRevoked', values });
      return { notes: [`Token ${id} is revoked. ${cacheNote}`, ...unrecorded] };
    },
  ),
};

interface Created {
  readonly tokenId: string;
  readonly token: string;
  readonly expires: string;
}

const shown = ({ tokenId: id, token, expires }: Created) => ({ id, token, expires });
