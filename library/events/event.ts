import type { EventDetails } from './generated/details';

/** The detail-type of an event. */
export type EventKind = keyof EventDetails;

/**
 * An event as EventBridge delivers it to the target of a rule.
 *
 * @example
 * import type { ScimEvent } from 'serverless-scim/events';
 *
 * export const describe = ({ detail }: ScimEvent<'User Disabled'>) =>
 *   `${detail.resource.userName} was disabled by ${detail.actor?.label ?? 'somebody'}.`;
 */
export interface ScimEvent<Kind extends EventKind = EventKind> {
  readonly source: 'serverless-scim';
  readonly 'detail-type': Kind;
  readonly detail: EventDetails[Kind];
  /** EventBridge's id: another one whenever the event is sent again. `detail.id` stays the same. */
  readonly id: string;
  /** When EventBridge got it: ISO 8601 in UTC, to the second. */
  readonly time: string;
  readonly account: string;
  readonly region: string;
}
