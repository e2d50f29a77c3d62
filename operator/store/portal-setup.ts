import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type Item, isPresentFormat, itemFormat, unreadable } from '../../lambda/store/items';
import { portalSetupKey } from '../../lambda/store/keys';
import { call, getItem, type Tables } from '../../lambda/store/tables';

/** Where a step of the checklist was seen: the row of activity. Names stay in that row, from which they can be erased. */
export interface SeenStep {
  /** ISO 8601 in UTC. */
  readonly time: string;
  readonly rowId: string;
}

/** What the portal keeps of a tenant's set-up, for whoever opens it. */
export interface PortalSetup {
  /** What the administrator chose and noted, as JSON. */
  readonly choices?: string;
  readonly seen: Readonly<Record<string, SeenStep>>;
  /** The activity before this time was read: ISO 8601 in UTC. */
  readonly readUntil?: string;
}

/** Reads what is kept; nothing is chosen or seen for a tenant without the item. */
export async function readPortalSetup(tables: Tables, tenantId: string): Promise<PortalSetup> {
  const item = await getItem(tables, tables.directory, portalSetupKey(tenantId));
  return item ? toPortalSetup(item) : { seen: {} };
}

/** Keeps some of it; the rest stays. */
export async function savePortalSetup(
  { client, directory }: Tables,
  tenantId: string,
  setup: Partial<PortalSetup>,
): Promise<void> {
  const fields: Item = { ...setup, format: itemFormat };
  const names = Object.keys(fields);
  const command = new UpdateCommand({
    TableName: directory,
    Key: portalSetupKey(tenantId),
    UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: Object.fromEntries(names.map((name) => [`:${name}`, fields[name]])),
  });
  await call(() => client.send(command));
}

/** Reads the item. @throws Error `UnreadableItem`, which names its key, if it is none of this format */
export function toPortalSetup(item: Item): PortalSetup {
  const { choices, seen = {}, readUntil } = item;
  const isRead =
    isPresentFormat(item) &&
    [choices, readUntil].every((text) => text === undefined || typeof text === 'string') &&
    typeof seen === 'object' &&
    seen !== null;
  if (!isRead) throw unreadable(item, "a portal's set-up");
  return {
    ...(typeof choices === 'string' && { choices }),
    seen: seen as PortalSetup['seen'],
    ...(typeof readUntil === 'string' && { readUntil }),
  };
}
