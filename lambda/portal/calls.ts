import type { PortalApi } from '../../web/api/portal';
import { getChecklist } from './calls/checklist';
import { createCredential, revokeCredential, rotateCredential } from './calls/credentials';
import { listFailures, listRefusals } from './calls/failures';
import { endSession, getBrand, getInvitation, getSession, openWithPin } from './calls/invitation';
import { getOverview } from './calls/overview';
import { getUser, listDeletedUsers, listUsers, restoreUser, setUserActive } from './calls/people';
import { runTest } from './calls/self-test';
import { saveSetup } from './calls/setup';
import type { OpenContext, SessionContext } from './context';

/** A call: who may send it, and what does it. */
export type PortalCall<Out> =
  | { readonly needs: 'nothing'; readonly run: (context: OpenContext) => Promise<Out> }
  | { readonly needs: 'setup' | 'manage'; readonly run: (context: SessionContext) => Promise<Out> };

/** Every call of the portal. */
const portalCalls: { readonly [Name in keyof PortalApi]: PortalCall<PortalApi[Name]['out']> } = {
  'brand.get': { needs: 'nothing', run: getBrand },
  'invitation.get': { needs: 'nothing', run: getInvitation },
  'invitation.open': { needs: 'nothing', run: openWithPin },
  'session.get': { needs: 'setup', run: getSession },
  'session.end': { needs: 'setup', run: endSession },
  'setup.save': { needs: 'setup', run: saveSetup },
  'overview.get': { needs: 'setup', run: getOverview },
  'checklist.get': { needs: 'setup', run: getChecklist },
  'failures.list': { needs: 'setup', run: listFailures },
  'refusals.list': { needs: 'setup', run: listRefusals },
  'credentials.create': { needs: 'setup', run: createCredential },
  'credentials.rotate': { needs: 'setup', run: rotateCredential },
  'credentials.revoke': { needs: 'setup', run: revokeCredential },
  'test.run': { needs: 'setup', run: runTest },
  'users.list': { needs: 'manage', run: listUsers },
  'users.get': { needs: 'manage', run: getUser },
  'users.disable': { needs: 'manage', run: setUserActive(false) },
  'users.enable': { needs: 'manage', run: setUserActive(true) },
  'users.deleted': { needs: 'manage', run: listDeletedUsers },
  'users.restore': { needs: 'manage', run: restoreUser },
};

/** The call of this name, if there is one. */
export function callNamed(name: string): PortalCall<object> | undefined {
  return Object.hasOwn(portalCalls, name) ? portalCalls[name as keyof PortalApi] : undefined;
}
