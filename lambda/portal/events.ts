import { createHash } from 'node:crypto';
import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';

/** What the portal publishes; `docs/events/` has the schema of each. */
export type PortalEventType = 'Invitation Opened' | 'Credential Created' | 'Credential Rotated' | 'Credential Revoked';

/** An event of the portal. */
export interface PortalEvent {
  readonly type: PortalEventType;
  readonly tenantId: string;
  /** ISO 8601 in UTC. */
  readonly time: string;
  /** The id of the row of activity about the same. */
  readonly actionId: string;
  readonly invitation: { readonly id: string; readonly scope: string };
  readonly credential?: { readonly id: string; readonly kind: 'token' | 'client'; readonly label?: string };
}

/** Publishes an event on the bus. @throws Error if the bus does not accept it */
export async function publishEvent(
  { client, name }: { readonly client: Pick<EventBridgeClient, 'send'>; readonly name: string },
  { type, tenantId, time, actionId, invitation, credential }: PortalEvent,
): Promise<void> {
  const detail = {
    schemaVersion: '1',
    id: createHash('sha256').update(actionId).digest('hex'),
    tenantId,
    time,
    actor: { request: actionId, administrator: true },
    invitation,
    ...(credential && { credential }),
  };
  const { FailedEntryCount, Entries = [] } = await client.send(
    new PutEventsCommand({
      Entries: [{ EventBusName: name, Source: 'serverless-scim', DetailType: type, Detail: JSON.stringify(detail) }],
    }),
  );
  if (FailedEntryCount) throw new Error(`EventBridge refused an event: ${Entries[0]?.ErrorCode}.`);
}
