import { EventBus, type IEventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import type { TablesProps } from './table-constructs';

/** Options for the events of changes; `docs/events.md` describes each event. */
export interface EventsProps {
  /**
   * The bus for events. A bus in another account must allow this account to put events.
   *
   * @default - a new bus, which is removed with the stack
   */
  readonly eventBus?: IEventBus | EventBus;

  /**
   * Whether events of users and groups contain the values before and after a change: personal data, which every rule of
   * the bus then passes on. Without it an event only names the attributes that changed.
   *
   * @default false
   */
  readonly eventValues?: boolean;
}

/** Returns the bus from the properties, or a new one with the name of the stack and the path of the construct. */
export function makeEventBus(
  scope: Construct,
  stackName: string,
  path: string,
  { eventBus, encryptionKey }: EventsProps & Pick<TablesProps, 'encryptionKey'>,
): IEventBus | EventBus {
  if (eventBus) return eventBus;
  return new EventBus(scope, 'Events', {
    // The CDK's default name contains only the construct's path: two stacks with the same path would collide. The name of a
    // nested stack is a token and must not be changed.
    eventBusName: `${stackName}.${path.replace(/[^\w.-]/g, '.')}`,
    description: 'SCIM: changes of users, groups and memberships',
    ...(encryptionKey ? { kmsKey: encryptionKey } : {}),
  });
}
