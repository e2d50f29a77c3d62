import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ConsoleApi } from '../api/console';
import type { Session } from '../api/console/tenants';
import { caller } from '../ui/call';
import { type Loaded, useLoaded } from '../ui/use-call';
import { readSecret } from './secret';

/** Sends a call of the console's API. @throws {CallError} */
export const call = caller<ConsoleApi>(() => ({ 'X-Console-Secret': readSecret() }));

/** Reads a call's answer for a screen, again when the input changes, and with `every` again and again. */
export function useConsole<Name extends keyof ConsoleApi>(
  name: Name,
  input: ConsoleApi[Name]['in'],
  options: { readonly every?: number } = {},
): Loaded<ConsoleApi[Name]['out']> {
  return useLoaded(`${name} ${JSON.stringify(input)}`, (signal) => call(name, input, signal), options);
}

/** What the server said when the page opened: where it works, and what there is to choose from. */
export const SessionContext = createContext<Session | undefined>(undefined);

/** The session, within the screens of the console. @throws Error outside them */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('There is no session here.');
  return session;
}
