import type { PortalApi, Session } from '../../api/portal';
import type { Caller } from '../../ui/call';

/** What the screens of a link have. */
export interface InvitationProps {
  readonly send: Caller<PortalApi>;
  readonly code: string;
  readonly onOpen: (session: Session) => void;
  /** Goes on with the session that this browser has. */
  readonly onResume: () => void;
}
