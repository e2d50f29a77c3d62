import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { MadeCredential, PortalApi, Session, Setup } from '../api/portal';
import type { Caller } from '../ui/call';

/** What every screen behind the invitation has. */
export interface Portal {
  readonly call: Caller<PortalApi>;
  readonly session: Session;
  /** Saves what the administrator chose; the parts that are not named stay. @throws {CallError} */
  readonly save: (changes: Partial<Setup>) => Promise<void>;
  /** The credentials made since the page was loaded. They are nowhere but here, so that they end with the page. */
  readonly made: readonly MadeCredential[];
  /** Keeps a credential that was made, in the steps too if it came instead of theirs. */
  readonly keep: (credential: MadeCredential, instead?: string) => Promise<void>;
  readonly leave: () => Promise<void>;
}

export const PortalContext = createContext<Portal | undefined>(undefined);

/** What the screens share. @throws {Error} outside a session, which is a bug. */
export function usePortal(): Portal {
  const portal = useContext(PortalContext);
  if (!portal) throw new Error('This screen needs a session.');
  return portal;
}
