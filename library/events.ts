export { ScimLibraryError, type ScimLibraryErrorCode, UnsupportedEventError } from './errors';
export type { EventKind, ScimEvent } from './events/event';
export type {
  EventActor,
  EventCause,
  EventDetails,
  EventGroup,
  EventGroupOfMembers,
  EventMember,
  EventUser,
} from './events/generated/details';
export { type EventHandlers, type Handled, type HandleOptions, handleEvent } from './events/handle';
export type { Versions } from './events/versions';
