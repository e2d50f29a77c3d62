import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { expiryAttribute } from '../../deployment/tables';
import { type Item, isPresentFormat, itemFormat, unreadable } from '../../lambda/store/items';
import { invitationKey, invitationPartition, portalSessionKey } from '../../lambda/store/keys';
import { queryAll } from '../../lambda/store/pages';
import { call, callConditional, getItem, type Tables } from '../../lambda/store/tables';
import { transact } from '../../lambda/store/transact';
import { type PortalSession, sessionItem } from './portal-sessions';

/** What a session of the portal may do: `manage` is `setup`, and people as well. */
export type PortalScope = (typeof portalScopes)[number];

export const portalScopes = ['setup', 'manage'] as const;

/** An invitation to a tenant's portal. Times are ISO 8601 in UTC. */
export interface Invitation {
  readonly tenantId: string;
  readonly invitationId: string;
  readonly scope: PortalScope;
  /** What the customer is called on the page. */
  readonly customer: string;
  readonly created: string;
  /** When the link, and the session that it opened, end. */
  readonly until: string;
  readonly returnUrl?: string;
  /** The SHA-256 hash of the code, and the HMAC of the PIN with the code as its key: a PIN alone could be guessed. */
  readonly codeHash: string;
  readonly pinHash: string;
  /** How many PINs were compared. */
  readonly attempts: number;
  readonly opened?: string;
  readonly revoked?: string;
}

/** How many PINs are compared with that of an invitation. */
export const mostAttempts = 5;

/** How long an invitation is kept after its end, so that its link says what became of it: 30 days, in seconds. */
const keptAfter = 30 * 24 * 3600;

/** Adds an invitation. */
export async function putInvitation({ client, directory }: Tables, invitation: Invitation): Promise<void> {
  const { tenantId, invitationId, ...attributes } = invitation;
  const Item = {
    ...invitationKey(tenantId, invitationId),
    ...attributes,
    [expiryAttribute]: Math.ceil(Date.parse(invitation.until) / 1000) + keptAfter,
    format: itemFormat,
  };
  await call(() =>
    client.send(new PutCommand({ TableName: directory, Item, ConditionExpression: 'attribute_not_exists(pk)' })),
  );
}

/** Reads an invitation, strongly consistent. */
export async function readInvitation(
  tables: Tables,
  tenantId: string,
  invitationId: string,
): Promise<Invitation | undefined> {
  const item = await getItem(tables, tables.directory, invitationKey(tenantId, invitationId));
  return item && toInvitation(item);
}

/** The invitations of a tenant that are kept, the latest first. */
export async function listInvitations(tables: Tables, tenantId: string): Promise<readonly Invitation[]> {
  const items = await queryAll(tables, {
    TableName: tables.directory,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': invitationPartition(tenantId) },
    ConsistentRead: true,
  });
  return items.map(toInvitation).sort((a, b) => (a.created < b.created ? 1 : -1));
}

/** Revokes an invitation, which ends its session. Returns false if there is none, or it is revoked already. */
export async function revokeStored(
  { client, directory }: Tables,
  tenantId: string,
  invitationId: string,
  now: string,
): Promise<boolean> {
  const command = new UpdateCommand({
    TableName: directory,
    Key: invitationKey(tenantId, invitationId),
    UpdateExpression: 'SET revoked = :now',
    ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(revoked)',
    ExpressionAttributeValues: { ':now': now },
  });
  return (await callConditional(() => client.send(command))) !== undefined;
}

/** The condition that a link can still be opened. */
const isOpen =
  'attribute_exists(pk) AND attribute_not_exists(opened) AND attribute_not_exists(revoked) AND #until > :now';

/**
 * Counts one comparison of a PIN. However many come at once, at most five are allowed to compare.
 * @returns how many were counted, with this one; undefined if no PIN may be compared any more
 */
export async function countAttempt(
  { client, directory }: Tables,
  { tenantId, invitationId }: Pick<Invitation, 'tenantId' | 'invitationId'>,
  now: string,
): Promise<number | undefined> {
  const command = new UpdateCommand({
    TableName: directory,
    Key: invitationKey(tenantId, invitationId),
    UpdateExpression: 'SET attempts = attempts + :one',
    ConditionExpression: `${isOpen} AND attempts < :most`,
    ExpressionAttributeNames: { '#until': 'until' },
    ExpressionAttributeValues: { ':one': 1, ':most': mostAttempts, ':now': now },
    ReturnValues: 'UPDATED_NEW',
  });
  const output = await callConditional(() => client.send(command));
  return output && Number(output.Attributes?.attempts);
}

/** Marks an invitation as opened and adds its session, both or neither. Returns false if it cannot be opened any more. */
export async function openInvitation(tables: Tables, session: PortalSession): Promise<boolean> {
  const { tenantId, invitationId, sessionId, created } = session;
  const { directory: TableName } = tables;
  const failed = await transact(tables, [
    {
      Update: {
        TableName,
        Key: invitationKey(tenantId, invitationId),
        UpdateExpression: 'SET opened = :now',
        ConditionExpression: isOpen,
        ExpressionAttributeNames: { '#until': 'until' },
        ExpressionAttributeValues: { ':now': created },
      },
    },
    { Put: { TableName, Item: { ...portalSessionKey(tenantId, sessionId), ...sessionItem(session) } } },
  ]);
  return failed.length === 0;
}

/** Reads the item of an invitation. @throws Error `UnreadableItem`, which names its key, if it is none of this format */
export function toInvitation(item: Item): Invitation {
  const { pk, sk, scope, attempts, codeHash, pinHash, returnUrl, opened, revoked } = item;
  const isRead =
    isPresentFormat(item) &&
    (scope === 'setup' || scope === 'manage') &&
    [codeHash, pinHash].every((hash) => typeof hash === 'string') &&
    typeof attempts === 'number' &&
    [item.created, item.until].every((time) => !Number.isNaN(Date.parse(String(time))));
  if (!isRead) throw unreadable(item, 'an invitation');
  return {
    tenantId: String(pk).split('#')[0] ?? '',
    invitationId: String(sk),
    scope,
    customer: String(item.customer),
    created: String(item.created),
    until: String(item.until),
    codeHash: String(codeHash),
    pinHash: String(pinHash),
    attempts,
    ...(typeof returnUrl === 'string' && { returnUrl }),
    ...(typeof opened === 'string' && { opened }),
    ...(typeof revoked === 'string' && { revoked }),
  };
}
