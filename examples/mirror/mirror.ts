import {
  type DynamoDBDocumentClient,
  QueryCommand,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { Directory, SnapshotEntry } from 'serverless-scim/directory';
import { type EventHandlers, handleEvent, type ScimEvent } from 'serverless-scim/events';

/** A row of the mirror: its key is `tenantId` and `id`. */
export interface MirrorRow {
  readonly tenantId: string;
  /** `User/<id>`, `Group/<id>` or `Member/<group>/<member>`. */
  readonly id: string;
  /** What events tell of a user or group; empty for a membership. */
  readonly names: Readonly<Record<string, string | boolean>>;
  /** It was deleted or removed. The row stays, so that a late event does not bring it back. */
  readonly gone: boolean;
}

/**
 * Mirrors users, groups and memberships into a table of your own: `fill` reads all of them, `apply` follows the events.
 * Both may run at the same time, twice, and be killed at any point. When `fill` has run to its end, and every event that
 * EventBridge got since it began was applied, the mirror equals the directory.
 *
 * Two kinds of writes meet in a row, and each has its own condition:
 *
 * - An event is applied if it is later than the last one that was: by `order`, the version or the sequence.
 * - What `fill` read is applied unless an event came since it began, by `time`: that event may tell of a later change. For
 *   the same reason it does not replace what another `fill` read later, by `seen`.
 */
export class Mirror {
  constructor(
    private readonly client: Pick<DynamoDBDocumentClient, 'send'>,
    private readonly table: string,
  ) {}

  /** Applies an event, as EventBridge delivers it to a function. */
  async apply(event: unknown): Promise<void> {
    await handleEvent(event, this.handlers);
  }

  /** Fills the mirror with a tenant's directory, and marks as gone what is no longer there. */
  async fill(directory: Directory, tenantId: string): Promise<void> {
    const snapshot = directory.tenant(tenantId).snapshot();
    for await (const entry of snapshot) await this.writeRead(tenantId, toRow(entry), snapshot.since);
    for await (const id of this.unseen(tenantId, snapshot.since)) {
      await this.update({ tenantId, id }, { gone: true }, writtenBefore(snapshot.since, '<'));
    }
  }

  private readonly handlers: EventHandlers = {
    'User Created': (event) => this.writeUser(event),
    'User Updated': (event) => this.writeUser(event),
    'User Disabled': (event) => this.writeUser(event),
    'User Enabled': (event) => this.writeUser(event),
    'User Restored': (event) => this.writeUser(event),
    'User Deleted': (event) => this.writeUser(event, true),
    'Group Created': (event) => this.writeGroup(event),
    'Group Updated': (event) => this.writeGroup(event),
    'Group Restored': (event) => this.writeGroup(event),
    'Group Deleted': (event) => this.writeGroup(event, true),
    'Members Added': (event) => this.writeMembers(event),
    'Members Removed': (event) => this.writeMembers(event, true),
  };

  private writeUser({ time, detail }: ScimEvent<UserEvent>, gone = false): Promise<void> {
    const { id, ...names } = detail.resource;
    return this.writeEvent(detail.tenantId, { id: `User/${id}`, names, gone, order: detail.version }, time);
  }

  private writeGroup({ time, detail }: ScimEvent<GroupEvent>, gone = false): Promise<void> {
    const { id, ...names } = detail.resource;
    return this.writeEvent(detail.tenantId, { id: `Group/${id}`, names, gone, order: detail.version }, time);
  }

  private async writeMembers({ time, detail }: ScimEvent<MembersEvent>, gone = false): Promise<void> {
    for (const member of detail.members) {
      const id = `Member/${detail.group.id}/${member.id}`;
      await this.writeEvent(detail.tenantId, { id, names: {}, gone, order: member.sequence }, time);
    }
  }

  private writeEvent(tenantId: string, { id, ...row }: Told, time: string): Promise<void> {
    return this.update(
      { tenantId, id },
      { ...row, time: new Date(time).toISOString() },
      {
        ConditionExpression: 'attribute_not_exists(#order) OR #order < :order',
        ExpressionAttributeNames: { '#order': 'order' },
        ExpressionAttributeValues: { ':order': row.order },
      },
    );
  }

  private writeRead(tenantId: string, { id, ...row }: Read, since: string): Promise<void> {
    return this.update({ tenantId, id }, { ...row, gone: false, seen: since }, writtenBefore(since, '<='));
  }

  /** The ids of the rows that are there, and that neither the snapshot nor an event since it began has written. */
  private async *unseen(tenantId: string, since: string): AsyncIterable<string> {
    let start: Record<string, unknown> | undefined;
    do {
      const { ExpressionAttributeNames, ExpressionAttributeValues, ConditionExpression } = writtenBefore(since, '<');
      const page = await this.client.send(
        new QueryCommand({
          TableName: this.table,
          KeyConditionExpression: 'tenantId = :tenant',
          FilterExpression: `gone = :no AND ${ConditionExpression}`,
          ExpressionAttributeNames,
          ExpressionAttributeValues: { ...ExpressionAttributeValues, ':tenant': tenantId, ':no': false },
          ConsistentRead: true,
          ...(start && { ExclusiveStartKey: start }),
        }),
      );
      yield* (page.Items ?? []).map(({ id }) => String(id));
      start = page.LastEvaluatedKey;
    } while (start);
  }

  /** Sets attributes of a row, if a condition holds. */
  private async update(Key: Pick<MirrorRow, 'tenantId' | 'id'>, row: object, condition: Condition): Promise<void> {
    const entries = Object.entries(row);
    const { ExpressionAttributeNames, ExpressionAttributeValues, ConditionExpression } = condition;
    const command = new UpdateCommand({
      TableName: this.table,
      Key,
      UpdateExpression: `SET ${entries.map(([name]) => `#${name} = :${name}`).join(', ')}`,
      ConditionExpression,
      ExpressionAttributeNames: {
        ...ExpressionAttributeNames,
        ...Object.fromEntries(entries.map(([name]) => [`#${name}`, name])),
      },
      ExpressionAttributeValues: {
        ...ExpressionAttributeValues,
        ...Object.fromEntries(entries.map(([name, value]) => [`:${name}`, value])),
      },
    });
    await this.client.send(command).catch((error: Error) => {
      if (error.name !== 'ConditionalCheckFailedException') throw error;
    });
  }
}

type UserEvent = `User ${'Created' | 'Updated' | 'Disabled' | 'Enabled' | 'Restored' | 'Deleted'}`;
type GroupEvent = `Group ${'Created' | 'Updated' | 'Restored' | 'Deleted'}`;
type MembersEvent = `Members ${'Added' | 'Removed'}`;

type Condition = Pick<
  UpdateCommandInput,
  'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

/** What an event tells of a row. */
interface Told extends Omit<MirrorRow, 'tenantId'> {
  readonly order: number | string;
}

/** What a snapshot has of a row. A membership has no version there. */
interface Read extends Pick<MirrorRow, 'id' | 'names'> {
  readonly order?: number;
}

/** The condition that no event since an instant has written a row, and no snapshot since then, or later than then. */
function writtenBefore(since: string, seen: '<' | '<='): Condition {
  return {
    ConditionExpression: `(attribute_not_exists(#time) OR #time < :since) AND (attribute_not_exists(#seen) OR #seen ${seen} :since)`,
    ExpressionAttributeNames: { '#time': 'time', '#seen': 'seen' },
    ExpressionAttributeValues: { ':since': since },
  };
}

function toRow(entry: SnapshotEntry): Read {
  if (entry.kind === 'membership') return { id: `Member/${entry.groupId}/${entry.member.id}`, names: {} };
  if (entry.kind === 'group') {
    const { id, version, displayName, externalId } = entry.group;
    return {
      id: `Group/${id}`,
      names: { displayName, ...(externalId !== undefined && { externalId }) },
      order: version,
    };
  }
  const { id, version, userName, active, externalId } = entry.user;
  const names = { userName, active, ...(externalId !== undefined && { externalId }) };
  return { id: `User/${id}`, names, order: version };
}
