import { stateOf } from '../../operator/invitations/invitations';
import { type Invitation, readInvitation } from '../../operator/store/invitations';
import { type PortalSession, readPortalSession, touchPortalSession } from '../../operator/store/portal-sessions';
import type { Tables } from '../store/tables';
import { readTenantState } from '../store/tenant-state';
import { matchesHash, parseSessionSecret } from '../tenants/token-format';
import { noSession, type PortalError } from './error';

/** A session that is open. */
export interface OpenSession {
  readonly session: PortalSession;
  readonly invitation: Invitation;
}

/** How long a session may be unused, and how exactly its last use is noted, in milliseconds. */
const times = { idle: 24 * 3_600_000, noted: 5 * 60_000 };

/**
 * Finds the session of a browser. Its invitation and its tenant are read each time, so that revoking the one or deleting
 * the other ends it at once.
 * @returns the session, or why there is none
 */
export async function findSession(
  tables: Tables,
  secret: string | undefined,
  now: Date,
): Promise<OpenSession | PortalError> {
  const name = secret === undefined ? undefined : parseSessionSecret(secret);
  if (secret === undefined || !name) return noSession('Open the page from the link of your invitation.');
  const session = await readPortalSession(tables, name.tenantId, name.credentialId);
  if (!session || !matchesHash(secret, session.hash)) return noSession('This session has ended.');
  const [invitation, state] = await Promise.all([
    readInvitation(tables, session.tenantId, session.invitationId),
    readTenantState(tables, session.tenantId),
  ]);
  if (!invitation || state.deleted !== undefined) return noSession('This access does not exist any more.');
  const became = stateOf(invitation, now);
  if (became === 'revoked') return noSession('The operator has ended this access.');
  if (became === 'expired') return noSession('This access has ended, as was agreed when you were invited.');
  const unused = now.getTime() - Date.parse(session.used);
  if (unused > times.idle) return noSession('This session has ended, because it was not used for 24 hours.');
  if (unused > times.noted) await touchPortalSession(tables, session, now.toISOString());
  return { session, invitation };
}
