import { hasIdForm } from '../../lambda/tenants/id';
import { hashToken, makeId, makeInvitationCode } from '../../lambda/tenants/token-format';
import type { Deployment } from '../connection/open';
import { OperatorError } from '../error';
import {
  type Invitation,
  listInvitations as listStored,
  mostAttempts,
  type PortalScope,
  portalScopes,
  putInvitation,
  revokeStored,
} from '../store/invitations';
import { requireOneOf } from '../tenants/check-options';
import { requireEnabled } from '../tenants/enabled-tenant';
import { findTenant } from '../tenants/provision';
import { hashPin, makePin } from './pin';
import { isAllowedReturn } from './return-url';

const hour = 3_600_000;
const day = 24 * hour;

/** How long an invitation may last, in milliseconds. */
const life = { least: hour, most: 90 * day, usual: 7 * day };

/** The longest name of a customer, in characters. */
const longestCustomer = 80;

export interface InvitationOptions {
  /** @default 'setup' */
  readonly scope?: PortalScope;
  /** How long link and session last, in milliseconds: one hour to 90 days. @default 7 days */
  readonly life?: number;
  /** What the customer is called on the page. @default the tenant's label */
  readonly customer?: string;
  /** Where the page leads back to; it must be on the deployment's list. @default - nowhere */
  readonly returnUrl?: string;
}

/** An invitation with its link and its PIN, which cannot be read again. */
export interface CreatedInvitation {
  readonly tenantId: string;
  readonly invitationId: string;
  readonly scope: PortalScope;
  readonly url: string;
  /** Six digits. To be sent by another channel than the link. */
  readonly pin: string;
  /** ISO 8601 in UTC. */
  readonly expires: string;
}

/** What became of an invitation: `locked` after five wrong PINs. */
export type InvitationState = 'open' | 'used' | 'expired' | 'revoked' | 'locked';

export interface ListedInvitation
  extends Pick<Invitation, 'invitationId' | 'scope' | 'customer' | 'created' | 'opened' | 'revoked'> {
  readonly state: InvitationState;
  readonly expires: string;
  readonly wrongPins: number;
}

type Place = Pick<Deployment, 'services' | 'tables' | 'portal'>;

/**
 * Invites the administrator of a tenant's customer to the portal. Link and PIN work together only, once.
 * @param tenant its id or label
 * @throws OperatorError if the deployment has no portal, there is no such tenant or it is disabled, or an option is wrong
 */
export async function createInvitation(
  { services, tables, portal }: Place,
  tenant: string,
  options: InvitationOptions = {},
): Promise<CreatedInvitation> {
  if (!portal) {
    throw new OperatorError(
      'This deployment has no portal: deploy it with the setting portal=true, then invite again.',
    );
  }
  const { scope = 'setup', customer, returnUrl } = options;
  requireOneOf('scope', scope, portalScopes);
  const span = checkLife(options.life ?? life.usual);
  checkCustomer(customer);
  if (returnUrl !== undefined && !isAllowedReturn(portal.returnUrls, returnUrl)) {
    throw new OperatorError(
      `The page must not lead to ${JSON.stringify(returnUrl)}: ` +
        (portal.returnUrls.length === 0
          ? 'the setting portalReturnUrls is empty. Deploy with it, or leave the address out.'
          : `use an address that begins with ${portal.returnUrls.join(' or ')}.`),
    );
  }
  const { tenantId, label } = await requireEnabled(services, (await findTenant(services, tenant)).tenantId);
  const now = services.clock();
  const invitationId = makeId(services.random);
  const code = makeInvitationCode({ tenantId, credentialId: invitationId }, services.random);
  const pin = makePin(services.random);
  const until = new Date(now.getTime() + span).toISOString();
  await putInvitation(tables, {
    tenantId,
    invitationId,
    scope,
    customer: customer ?? label,
    created: now.toISOString(),
    until,
    ...(returnUrl === undefined ? {} : { returnUrl }),
    codeHash: hashToken(code),
    pinHash: hashPin(code, pin),
    attempts: 0,
  });
  // The code is in the fragment: browsers send that to no server, and put it into no Referer.
  return { tenantId, invitationId, scope, url: `${portal.url}#${code}`, pin, expires: until };
}

/**
 * The invitations of a tenant, the latest first. One that has ended is listed for 30 days more.
 * @throws OperatorError if there is no such tenant
 */
export async function listInvitations(
  { services, tables }: Pick<Place, 'services' | 'tables'>,
  tenant: string,
): Promise<readonly ListedInvitation[]> {
  const { tenantId } = await findTenant(services, tenant);
  const now = services.clock();
  return (await listStored(tables, tenantId)).map((invitation) => ({
    invitationId: invitation.invitationId,
    scope: invitation.scope,
    customer: invitation.customer,
    state: stateOf(invitation, now),
    created: invitation.created,
    expires: invitation.until,
    ...(invitation.opened === undefined ? {} : { opened: invitation.opened }),
    ...(invitation.revoked === undefined ? {} : { revoked: invitation.revoked }),
    wrongPins: invitation.attempts - (invitation.opened === undefined ? 0 : 1),
  }));
}

/**
 * Revokes an invitation: its link opens nothing more, and a session that it opened ends at once.
 * @throws OperatorError if there is no such tenant or invitation, or it is revoked already
 */
export async function revokeInvitation(
  { services, tables }: Pick<Place, 'services' | 'tables'>,
  tenant: string,
  invitationId: string,
): Promise<void> {
  const { tenantId, label } = await findTenant(services, tenant);
  const now = services.clock().toISOString();
  if (hasIdForm(invitationId) && (await revokeStored(tables, tenantId, invitationId, now))) return;
  throw new OperatorError(
    `Tenant ${label} has no invitation ${JSON.stringify(invitationId)} that is not revoked: use the id of one of its invitations.`,
    { remedy: { operation: 'list invitations', values: { tenant: label } } },
  );
}

/** What became of an invitation by a time. */
export function stateOf({ opened, revoked, until, attempts }: Invitation, now: Date): InvitationState {
  if (revoked !== undefined) return 'revoked';
  if (Date.parse(until) <= now.getTime()) return 'expired';
  if (opened !== undefined) return 'used';
  return attempts >= mostAttempts ? 'locked' : 'open';
}

function checkLife(span: number): number {
  if (span >= life.least && span <= life.most) return span;
  throw new OperatorError('An invitation lasts one hour to 90 days: choose a time such as 7d. Nobody was invited.');
}

function checkCustomer(customer: string | undefined): void {
  if (customer === undefined) return;
  if (customer.trim() !== '' && customer.length <= longestCustomer && !/\p{Cc}/u.test(customer)) return;
  throw new OperatorError(
    `The customer's name must have 1 to ${longestCustomer} characters, and none that control a terminal. Nobody was invited.`,
  );
}
