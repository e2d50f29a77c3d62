import {
  createInvitation,
  type ListedInvitation,
  listInvitations,
  revokeInvitation,
} from '../../operator/invitations/invitations';
import { days } from './duration';
import { given } from './given';
import type { Session } from './session';

/** What an administrator may do on the page: connect the identity provider, or see and disable people as well. */
export type InvitationScope = 'setup' | 'manage';

/** What `invitations.create` may be told. */
export interface InvitationOptions {
  /** What the administrator may do. @default 'setup' */
  readonly scope?: InvitationScope;
  /** How many days link and session last, 90 at most; a fraction is possible. @default 7 */
  readonly days?: number;
  /** What the customer is called on the page. @default - the label of the tenant */
  readonly customer?: string;
  /** Where the page leads back to: an address that `portalReturnUrls` of the construct allows. @default - nowhere */
  readonly returnUrl?: string;
}

/** A new invitation. Link and PIN open the page together only, and once. Neither can be read again. */
export interface NewInvitation {
  readonly invitationId: string;
  readonly scope: InvitationScope;
  /** The link. */
  readonly url: string;
  /** Six digits, for another channel than the link: whoever intercepts one of them can do nothing with it. */
  readonly pin: string;
  /** When link and session end, as ISO 8601 in UTC. */
  readonly expires: string;
}

/** An invitation, as lists have it. Times are ISO 8601 in UTC. */
export interface Invitation {
  readonly invitationId: string;
  readonly scope: InvitationScope;
  /** What the customer is called on the page. */
  readonly customer: string;
  /** `locked`: five wrong PINs were entered. */
  readonly state: 'open' | 'used' | 'expired' | 'revoked' | 'locked';
  readonly created: string;
  readonly expires: string;
  /** When it was opened with its PIN; absent if it was not. */
  readonly opened?: string;
  /** When it was revoked; absent if it was not. */
  readonly revoked?: string;
  readonly wrongPins: number;
}

/**
 * Invitations of a customer's administrator to the portal, the page that says how to connect the identity provider
 * (`docs/portal.md`). The endpoint must have `portal: true`.
 */
export interface Invitations {
  /**
   * Invites the administrator of a tenant's customer.
   *
   * @throws UnknownTenantError if there is no such tenant
   * @throws RefusedError if the deployment has no portal, the tenant is disabled, or an option is not valid
   *
   * @example
   * import { openTenants } from 'serverless-scim/tenants';
   *
   * const tenants = openTenants();
   *
   * export const handler = ({ tenantId }: { tenantId: string }) =>
   *   tenants.invitations.create(tenantId, { customer: 'Acme GmbH', days: 2 });
   */
  create(tenantId: string, options?: InvitationOptions): Promise<NewInvitation>;
  /**
   * The invitations of a tenant, the latest first, those included that ended within the last 30 days.
   *
   * @throws UnknownTenantError if there is no such tenant
   */
  list(tenantId: string): Promise<readonly Invitation[]>;
  /**
   * Revokes an invitation: its link opens nothing more, and the session that it opened ends.
   *
   * @throws UnknownTenantError if there is no such tenant
   * @throws RefusedError if there is no such invitation, or it is revoked already
   */
  revoke(tenantId: string, invitationId: string): Promise<void>;
}

/** The operations on invitations. @internal */
export function invitationsOf(session: Session): Invitations {
  return {
    create: (tenantId, { days: span, ...options } = {}) =>
      session.change(tenantId, async (deployment) => {
        const wanted = { ...given(options), ...given({ life: days(span) }) };
        const { tenantId: _, ...created } = await createInvitation(deployment, tenantId, wanted);
        const { invitationId: invitation, scope } = created;
        return [{ action: 'invitationCreated', values: { invitation, scope } }, created];
      }),
    list: (tenantId) =>
      session.of(tenantId, (deployment): Promise<readonly ListedInvitation[]> => listInvitations(deployment, tenantId)),
    revoke: (tenantId, invitation) =>
      session.change(tenantId, async (deployment) => {
        await revokeInvitation(deployment, tenantId, invitation);
        return [{ action: 'invitationRevoked', values: { invitation } }, undefined];
      }),
  };
}
