import { recordAction } from '../../operator/activity/record-action';
import { createInvitation, listInvitations, revokeInvitation } from '../../operator/invitations/invitations';
import type { CredentialCalls } from '../../web/api/console/credentials';
import { type Handlers, ofTenant } from '../call';
import { oneOf, text, whole } from '../input';

const day = 24 * 3_600_000;

type Calls = 'invitations.list' | 'invitations.create' | 'invitations.revoke';

/** Calls about invitations to the setup portal. */
export const invitationCalls: Handlers<Pick<CredentialCalls, Calls>> = {
  'invitations.list': ofTenant({}, {}, async ({ deployment, tenant }) => {
    const found = await listInvitations(deployment, tenant.tenantId);
    const invitations = found.map(
      ({ invitationId: id, scope, customer, state, created, expires, opened, wrongPins }) => {
        return { id, scope, customer, state, created, expires, wrongPins, ...(opened !== undefined && { opened }) };
      },
    );
    return { invitations };
  }),

  'invitations.create': ofTenant(
    { scope: oneOf(['setup', 'manage']) },
    { days: whole(1, 90), customer: text(80), returnUrl: text(2000) },
    async ({ deployment, tenant }, { scope, days, customer, returnUrl }) => {
      const { invitationId, url, pin, expires } = await createInvitation(deployment, tenant.tenantId, {
        scope,
        ...(days !== undefined && { life: days * day }),
        ...(customer !== undefined && { customer }),
        ...(returnUrl !== undefined && { returnUrl }),
      });
      const notes = await recordAction(deployment, tenant.tenantId, {
        action: 'invitationCreated',
        values: { invitation: invitationId, scope },
      });
      return { id: invitationId, link: url, pin, expires, notes };
    },
  ),

  'invitations.revoke': ofTenant({ id: text(64) }, {}, async ({ deployment, tenant }, { id }) => {
    await revokeInvitation(deployment, tenant.tenantId, id);
    const unrecorded = await recordAction(deployment, tenant.tenantId, {
      action: 'invitationRevoked',
      values: { invitation: id },
    });
    return {
      notes: [`Invitation ${id} is revoked: its link opens nothing more, and its session ends.`, ...unrecorded],
    };
  }),
};
