import { UnsupportedEventError } from '../errors';
import type { EventKind, ScimEvent } from './event';
import { type Brought, type VersionedDetail, type Versions, versionsIn } from './versions';

/** A function for each kind of event that an application reacts to. Its event has the type of that kind. */
export type EventHandlers = { readonly [Kind in EventKind]?: (event: ScimEvent<Kind>) => unknown };

/** How to handle an event. */
export interface HandleOptions {
  /**
   * The versions that were applied, to drop what is older.
   *
   * @default - nothing is dropped: for handlers that compare the versions themselves, or may run twice and late
   */
  readonly versions?: Versions;
}

/** What was done with an event: `old` if its version or a later one was applied before, `ignored` if no handler is for it. */
export type Handled = 'handled' | 'old' | 'ignored';

const source = 'serverless-scim';
const schemaVersion = '1';

/**
 * Hands an event to the handler for its kind, unless a later one about the same user, group or membership was applied
 * before: EventBridge delivers events in any order, and more than once. Of an event about members, those that are old are
 * left out. A version is kept after its handler has returned, so what a crash interrupts is handled again.
 *
 * Two events about the same user that are handled at the same time can both pass. Where that is possible and matters,
 * leave out `versions`, and compare the version in the write itself, as the mirror in `docs/library.md` does.
 *
 * @param event what the function was invoked with
 * @returns what was done. An event of another source, or of a kind without a handler, is ignored
 * @throws UnsupportedEventError if it has a schema version that this release does not know: give the function a dead-letter
 *   queue, update serverless-scim, and send the event again
 * @throws what the handler or `versions` throws
 *
 * @example
 * import { handleEvent } from 'serverless-scim/events';
 *
 * const versions = new Map<string, string>();
 *
 * export const handler = (event: unknown) =>
 *   handleEvent(
 *     event,
 *     {
 *       'User Disabled': async ({ detail }) => endSessions(detail.resource.id),
 *       'User Deleted': async ({ detail }) => endSessions(detail.resource.id),
 *     },
 *     { versions },
 *   );
 *
 * async function endSessions(userId: string) {
 *   console.log('sessions ended', userId);
 * }
 */
export async function handleEvent(
  event: unknown,
  handlers: EventHandlers,
  { versions }: HandleOptions = {},
): Promise<Handled> {
  if (!isOurs(event)) return 'ignored';
  const handle = Object.hasOwn(handlers, event['detail-type']) ? handlers[event['detail-type']] : undefined;
  if (!handle) return 'ignored';
  const detail = readDetail(event);
  const brought = versionsIn(detail);
  const later = versions ? await laterThan(versions, brought) : brought;
  if (later.length < brought.length && later.length === 0) return 'old';
  const members = later.flatMap(({ member }) => member ?? []);
  const rest = detail.members ? { ...event, detail: { ...detail, members } } : event;
  // The kind of the event is that of its handler.
  await (handle as (event: unknown) => unknown)(rest);
  for (const { key, version } of later) await versions?.set(key, version);
  return 'handled';
}

async function laterThan(versions: Versions, brought: readonly Brought[]): Promise<readonly Brought[]> {
  const later: Brought[] = [];
  for (const each of brought) if (each.version > ((await versions.get(each.key)) ?? '')) later.push(each);
  return later;
}

interface OurEvent {
  readonly 'detail-type': EventKind;
  readonly detail?: unknown;
}

function isOurs(event: unknown): event is OurEvent {
  const { source: from, 'detail-type': type } = (event ?? {}) as { source?: unknown; 'detail-type'?: unknown };
  return from === source && typeof type === 'string';
}

function readDetail({ 'detail-type': kind, detail }: OurEvent): VersionedDetail {
  const { schemaVersion: version, tenantId } = (detail ?? {}) as { schemaVersion?: unknown; tenantId?: unknown };
  if (version === schemaVersion && typeof tenantId === 'string') return detail as VersionedDetail;
  throw new UnsupportedEventError(
    `An event ${kind} has the schema version ${JSON.stringify(version)}, and this release reads "${schemaVersion}": update ` +
      'serverless-scim in the function, then send the event again.',
  );
}
