import { randomUUID } from 'node:crypto';
import { type Action, recordAction } from '../../operator/activity/record-action';
import type { Deployment } from '../../operator/connection/open';
import type { Brand } from '../../web/api/portal';
import type { JsonObject } from '../scim/json';
import { keepPortalEvent, type PortalEvent, type PortalEventType } from '../store/portal-events';
import { describeError, type Log } from '../telemetry/log';
import type { Tenant } from '../tenants/tenant';
import type { Address } from './address';
import { noSession } from './error';
import type { OpenSession } from './session';

/** What the portal needs. */
export interface PortalServices {
  /** The deployment, as the operations of `operator/` take it. */
  readonly deployment: Deployment;
  readonly brand: Brand;
  readonly returnUrls: readonly string[];
  readonly log: Log;
}

/** What a call that anybody may send gets. */
export interface OpenContext {
  readonly services: PortalServices;
  readonly address: Address;
  readonly input: JsonObject;
  /** When the call arrived. */
  readonly now: Date;
  readonly requestId: string;
  /** The session of the browser, if it has one. */
  readonly current: OpenSession | undefined;
  /** The header of the answer that keeps or removes the session's secret. */
  readonly setCookie: (header: string) => void;
}

/** What a call of a session gets. */
export interface SessionContext extends OpenContext {
  readonly current: OpenSession;
}

/** Reads the tenant of a session. @throws PortalError 401 if it was deleted */
export async function tenantOf({ services, current }: SessionContext): Promise<Tenant> {
  const tenant = await services.deployment.services.tenants.get(current.session.tenantId);
  if (tenant) return tenant;
  throw noSession('This access does not exist any more.');
}

/** Records in the activity of the tenant what the administrator did, and keeps its event. It never throws: it is done. */
export async function record(
  { services, requestId, now }: OpenContext,
  { invitation }: Pick<OpenSession, 'invitation'>,
  action: Omit<Action, 'actor' | 'id'>,
  event?: { readonly type: PortalEventType } & Pick<PortalEvent, 'credential'>,
): Promise<void> {
  const { tenantId, invitationId, scope } = invitation;
  const id = randomUUID();
  const problems: unknown[] = await recordAction(services.deployment, tenantId, {
    ...action,
    id,
    actor: { administrator: true },
  }).then((notes) => notes.map((note) => new Error(note)));
  const facts = { tenantId, time: now.toISOString(), actionId: id, invitation: { id: invitationId, scope } };
  if (event) {
    const { tables } = services.deployment;
    await keepPortalEvent(tables, { ...facts, ...event }).catch((error: unknown) => problems.push(error));
  }
  for (const problem of problems) {
    services.log({ level: 'error', message: 'not recorded', requestId, tenantId, error: describeError(problem) });
  }
}
