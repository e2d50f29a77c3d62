import type { Note } from '../directory/note';

/** Who made a change, as events tell it. */
export interface EventActor {
  /** The id of the request, or of the operator's action. */
  readonly request?: string;
  readonly credential?: string;
  readonly label?: string;
  readonly operator?: true;
  readonly administrator?: true;
  readonly action?: string;
}

/** Who a note names. */
export function actorOf({ request, credential, label, operator, administrator, action }: Note): EventActor {
  return {
    request,
    ...(credential !== undefined && { credential }),
    ...(label !== undefined && { label }),
    ...(operator && { operator }),
    ...(administrator && { administrator }),
    ...(action !== undefined && { action }),
  };
}
