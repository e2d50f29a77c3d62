import { createHash } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { expiryAttribute } from '../../deployment/tables';
import { type Item, isPresentFormat, itemFormat, unreadable } from './items';
import { portalEventKey } from './keys';
import { call, type Tables } from './tables';

/** What the portal publishes; `docs/events/` has the schema of each. */
export type PortalEventType = (typeof portalEventTypes)[number];

const portalEventTypes = [
  'Invitation Opened',
  'Credential Created',
  'Credential Rotated',
  'Credential Revoked',
] as const;

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

/** How long an event is kept, in milliseconds: streams deliver for a day. */
const kept = 24 * 3_600_000;

/**
 * Keeps an event, which the stream publishes. `held`, the time in milliseconds, is the attribute by which the stream's
 * filter lets it through.
 */
export async function keepPortalEvent({ client, directory }: Tables, event: PortalEvent): Promise<void> {
  const { type, tenantId, time, actionId, invitation, credential } = event;
  const detail = {
    schemaVersion: '1',
    id: createHash('sha256').update(actionId).digest('hex'),
    tenantId,
    time,
    actor: { request: actionId, administrator: true },
    invitation,
    ...(credential && { credential }),
  };
  const held = Date.parse(time);
  const Item = {
    ...portalEventKey(tenantId, actionId),
    type,
    detail: JSON.stringify(detail),
    held,
    [expiryAttribute]: Math.ceil((held + kept) / 1000),
    format: itemFormat,
  };
  await call(() => client.send(new PutCommand({ TableName: directory, Item })));
}

/** Reads the item of an event: its type and detail. @throws Error `UnreadableItem`, which names its key, if it is none */
export function toPortalEvent(item: Item) {
  const type = portalEventTypes.find((each) => each === item.type);
  if (!isPresentFormat(item) || type === undefined || typeof item.detail !== 'string') {
    throw unreadable(item, 'an event of the portal');
  }
  type Detail = { schemaVersion: '1'; id: string; tenantId: string; time: string };
  return { type, detail: JSON.parse(item.detail) as Detail & Readonly<Record<string, unknown>> };
}
