import { stateOf } from '../../../operator/invitations/invitations';
import { isPin, matchesPin } from '../../../operator/invitations/pin';
import { isAllowedReturn } from '../../../operator/invitations/return-url';
import {
  countAttempt,
  type Invitation,
  mostAttempts,
  openInvitation,
  readInvitation,
} from '../../../operator/store/invitations';
import { deletePortalSession, type PortalSession } from '../../../operator/store/portal-sessions';
import type { InvitationInfo, Session } from '../../../web/api/portal';
import { readTenantState } from '../../store/tenant-state';
import { hashToken, makeId, makeSessionSecret, matchesHash, parseInvitationCode } from '../../tenants/token-format';
import { type OpenContext, type PortalServices, record, type SessionContext } from '../context';
import { forgetSession, keepSession } from '../cookie';
import { invalid, PortalError } from '../error';
import { textIn } from '../read-call';
import type { OpenSession } from '../session';
import { setupOf } from './setup';

/** `brand.get` */
export async function getBrand({ services }: OpenContext) {
  return services.brand;
}

/**
 * `invitation.get`: what whoever has the link may see before the PIN. Names that the operator gave, and what became of
 * the link; nothing of the directory. It changes nothing, so that a scanner that runs the page's script does no harm.
 */
export async function getInvitation(context: OpenContext): Promise<InvitationInfo> {
  const { services, current, now, input } = context;
  const invitation = await findInvitation(services, textIn(input, 'code'));
  const { customer, scope, until, opened } = invitation;
  return {
    ...services.brand,
    customer,
    scope,
    expires: until,
    state: stateOf(invitation, now),
    ...(opened !== undefined && { openedAt: opened }),
    ...(current && {
      current: {
        customer: current.invitation.customer,
        isSame: current.session.tenantId === invitation.tenantId,
      },
    }),
  };
}

/** `invitation.open`: exchanges a code with its PIN for a session. */
export async function openWithPin(context: OpenContext): Promise<Session> {
  const { services, current, now, input, address } = context;
  const { tables } = services.deployment;
  const code = textIn(input, 'code');
  const pin = textIn(input, 'pin', 20).replace(/\s/g, '');
  if (!isPin(pin)) throw invalid('The PIN has six digits.');
  const invitation = await findInvitation(services, code);
  refuseUnlessOpen(invitation, now);
  if (current && input.replace !== true) throw otherSession(current, invitation);
  const attempts = await countAttempt(tables, invitation, now.toISOString());
  if (attempts === undefined) throw await closedMeanwhile(services, code, now);
  if (!matchesPin(code, pin, invitation.pinHash)) throw wrongPin(mostAttempts - attempts);
  const { secret, session } = newSession(invitation, now);
  if (!(await openInvitation(tables, session))) throw await closedMeanwhile(services, code, now);
  if (current) await deletePortalSession(tables, current.session);
  const seconds = Math.floor((Date.parse(invitation.until) - now.getTime()) / 1000);
  context.setCookie(keepSession(secret, address.origin.startsWith('https:'), seconds));
  const { invitationId, scope } = invitation;
  const opened = { invitation, session };
  await record(
    context,
    opened,
    { action: 'invitationOpened', values: { invitation: invitationId, scope } },
    { type: 'Invitation Opened' },
  );
  return describeSession({ ...context, current: opened });
}

/** `session.get` */
export function getSession(context: SessionContext): Promise<Session> {
  return describeSession(context);
}

/** `session.end` */
export async function endSession({ services, current, setCookie, address }: SessionContext) {
  await deletePortalSession(services.deployment.tables, current.session);
  setCookie(forgetSession(address.origin.startsWith('https:')));
  return {};
}

async function describeSession({ services, current }: SessionContext): Promise<Session> {
  const { customer, scope, until, returnUrl, tenantId } = current.invitation;
  // The list can have changed since the invitation was made.
  const isAllowed = returnUrl !== undefined && isAllowedReturn(services.returnUrls, returnUrl);
  return {
    ...services.brand,
    customer,
    scope,
    expires: until,
    ...(isAllowed && { returnUrl }),
    setup: await setupOf(services.deployment.tables, tenantId),
  };
}

/** Finds the invitation of a code. Noise has no valid checksum and costs no read. @throws PortalError 404 */
async function findInvitation({ deployment: { tables } }: PortalServices, code: string): Promise<Invitation> {
  const name = parseInvitationCode(code);
  const [invitation, state] = name
    ? await Promise.all([
        readInvitation(tables, name.tenantId, name.credentialId),
        readTenantState(tables, name.tenantId),
      ])
    : [];
  if (invitation && matchesHash(code, invitation.codeHash) && state?.deleted === undefined) return invitation;
  throw new PortalError(
    404,
    'unknown-invitation',
    'There is no invitation with this link.',
    'Copy the whole link again. If that does not help, ask the operator for a new one.',
  );
}

const askForNew = 'Ask the operator for a new invitation.';

const closed = {
  used: ({ opened }: Invitation) =>
    `This link was opened on ${opened?.slice(0, 16).replace('T', ' at ')} UTC; it opens once.`,
  expired: ({ until }: Invitation) => `This link ended on ${until.slice(0, 16).replace('T', ' at ')} UTC.`,
  revoked: () => 'The operator has revoked this link.',
  locked: () => `The PIN was wrong ${mostAttempts} times, so this link opens nothing any more.`,
};

/** @throws PortalError 410, which says what became of the link */
function refuseUnlessOpen(invitation: Invitation, now: Date): void {
  const state = stateOf(invitation, now);
  if (state !== 'open') throw new PortalError(410, state, closed[state](invitation), askForNew);
}

/** Why an invitation could not be opened that was open a moment ago. */
async function closedMeanwhile(services: PortalServices, code: string, now: Date): Promise<PortalError> {
  refuseUnlessOpen(await findInvitation(services, code), now);
  return new PortalError(409, 'busy', 'Somebody else is opening this link.', 'Try again.');
}

function otherSession({ invitation: { customer } }: OpenSession, invitation: Invitation): PortalError {
  return new PortalError(
    409,
    'other-session',
    customer === invitation.customer
      ? `This browser has a session for ${customer} already.`
      : `This browser has a session for ${customer}; this link is for ${invitation.customer}.`,
    'Confirm that you want to end that session.',
  );
}

function wrongPin(left: number): PortalError {
  if (left <= 0) return new PortalError(410, 'locked', `${closed.locked()}`, askForNew);
  return new PortalError(
    401,
    'wrong-pin',
    `This is not the PIN of this link. ${left === 1 ? 'One attempt is' : `${left} attempts are`} left.`,
    'Compare it with the one that the operator gave you by another channel.',
  );
}

function newSession({ tenantId, invitationId, until }: Invitation, now: Date) {
  const sessionId = makeId();
  const secret = makeSessionSecret({ tenantId, credentialId: sessionId });
  const time = now.toISOString();
  const session: PortalSession = {
    tenantId,
    sessionId,
    invitationId,
    hash: hashToken(secret),
    created: time,
    used: time,
    until,
  };
  return { secret, session };
}
