import { EventBus, type IEventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import type { TablesProps } from './tables';

/** Options for the events of changes; `docs/events.md` describes each event. */
export interface EventsProps {
  /**
   * The bus that events of changes are put on. A bus of another account must let this one put events.
   *
   * @default - a new bus, which goes with the stack
   */
  readonly eventBus?: IEventBus | EventBus;

  /**
   * Whether events of users and groups carry the values before and after a change: personal data, which every rule of
   * the bus then passes on. Without it an event names the attributes that changed.
   *
   * @default false
   */
  readonly eventValues?: boolean;
}

/** The bus handed in, or a new one that is named after the stack and the path of the construct in it. */
export function makeEventBus(
  scope: Construct,
  stackName: string,
  path: string,
  { eventBus, encryptionKey }: EventsProps & Pick<TablesProps, 'encryptionKey'>,
): IEventBus | EventBus {
  if (eventBus) return eventBus;
  return new EventBus(scope, 'Events', {
    // The name that the CDK makes knows the stack's construct only: two apps that call it alike would share it. That of a
    // nested stack is a token, which loses its meaning with any of its characters.
    eventBusName: `${stackName}.${path.replace(/[^\w.-]/g, '.')}`,
    description: 'SCIM: changes of users, groups and memberships',
    ...(encryptionKey ? { kmsKey: encryptionKey } : {}),
  });
}
