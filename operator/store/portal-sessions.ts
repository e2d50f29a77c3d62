import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { expiryAttribute } from '../../deployment/tables';
import { type Item, isPresentFormat, itemFormat, unreadable } from '../../lambda/store/items';
import { portalSessionKey } from '../../lambda/store/keys';
import { call, callConditional, getItem, type Tables } from '../../lambda/store/tables';

/** A session of a tenant's portal. Times are ISO 8601 in UTC. */
export interface PortalSession {
  readonly tenantId: string;
  readonly sessionId: string;
  /** The invitation that opened it, which says what it may do and for how long. */
  readonly invitationId: string;
  /** The SHA-256 hash of the secret in the cookie. */
  readonly hash: string;
  readonly created: string;
  /** When it was last used, to some minutes. */
  readonly used: string;
  /** When its invitation ends. */
  readonly until: string;
}

/** The attributes of a session's item, besides its key. DynamoDB deletes it after its end. */
export function sessionItem({ tenantId: _, sessionId: __, ...attributes }: PortalSession): Item {
  return { ...attributes, [expiryAttribute]: Math.ceil(Date.parse(attributes.until) / 1000), format: itemFormat };
}

/** Reads a session, strongly consistent. */
export async function readPortalSession(
  tables: Tables,
  tenantId: string,
  sessionId: string,
): Promise<PortalSession | undefined> {
  const item = await getItem(tables, tables.directory, portalSessionKey(tenantId, sessionId));
  return item && toPortalSession(item);
}

/** Notes that a session is used. Does nothing to one that has ended meanwhile. */
export async function touchPortalSession(
  { client, directory }: Tables,
  { tenantId, sessionId }: PortalSession,
  used: string,
): Promise<void> {
  const command = new UpdateCommand({
    TableName: directory,
    Key: portalSessionKey(tenantId, sessionId),
    UpdateExpression: 'SET used = :used',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeValues: { ':used': used },
  });
  await callConditional(() => client.send(command));
}

/** Ends a session. */
export async function deletePortalSession(
  { client, directory }: Tables,
  { tenantId, sessionId }: Pick<PortalSession, 'tenantId' | 'sessionId'>,
): Promise<void> {
  await call(() =>
    client.send(new DeleteCommand({ TableName: directory, Key: portalSessionKey(tenantId, sessionId) })),
  );
}

/** Reads the item of a session. @throws Error `UnreadableItem`, which names its key, if it is none of this format */
export function toPortalSession(item: Item): PortalSession {
  const { pk, sk, invitationId, hash, created, used, until } = item;
  const isRead =
    isPresentFormat(item) &&
    [invitationId, hash].every((text) => typeof text === 'string') &&
    [created, used, until].every((time) => !Number.isNaN(Date.parse(String(time))));
  if (!isRead) throw unreadable(item, 'a session of the portal');
  return {
    tenantId: String(pk).split('#')[0] ?? '',
    sessionId: String(sk),
    invitationId: String(invitationId),
    hash: String(hash),
    created: String(created),
    used: String(used),
    until: String(until),
  };
}
