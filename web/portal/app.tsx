import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { MadeCredential, PortalApi, Session, Setup } from '../api/portal';
import { setAccent } from '../ui/brand';
import { CallError, type Caller, caller } from '../ui/call';
import { navigate } from '../ui/location';
import { takeCode } from './code';
import { type Portal, PortalContext } from './context';
import { Frame } from './frame';
import { Invitation } from './invitation/invitation';
import { NoSession } from './invitation/no-session';
import { Screens } from './screens';

/** Where the administrator is: with a link that is not open yet, in a session, or without one. */
type State =
  | { readonly at: 'invitation'; readonly code: string }
  | { readonly at: 'loading' }
  | { readonly at: 'session'; readonly session: Session }
  | { readonly at: 'outside'; readonly why: 'never' | 'ended' | 'left' | Error };

const send = caller<PortalApi>();

/** The setup portal. */
export function App({ firstCode }: { readonly firstCode: string | undefined }) {
  const [state, setState] = useState<State>(firstCode ? { at: 'invitation', code: firstCode } : { at: 'loading' });
  const resume = () => {
    setState({ at: 'loading' });
    send('session.get', {}).then(
      (session) => setState({ at: 'session', session }),
      (error: Error) => setState({ at: 'outside', why: isNoSession(error) ? 'never' : error }),
    );
  };
  const enter = (session: Session) => {
    navigate('#/', { replace: true });
    setState({ at: 'session', session });
  };
  useEffect(() => {
    if (!firstCode) resume();
    // A second link that is pasted into the same tab.
    const follow = () => {
      const code = takeCode();
      if (code) setState({ at: 'invitation', code });
    };
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);

  if (state.at === 'invitation') {
    return <Invitation key={state.code} send={send} code={state.code} onOpen={enter} onResume={resume} />;
  }
  if (state.at === 'outside') return <NoSession send={send} why={state.why} onRetry={resume} />;
  if (state.at === 'loading') return <Frame />;
  return (
    <InSession
      session={state.session}
      onSetup={(setup) =>
        setState((last) => (last.at === 'session' ? { at: 'session', session: { ...last.session, setup } } : last))
      }
      onEnd={(why) => setState({ at: 'outside', why })}
    />
  );
}

interface InSessionProps {
  readonly session: Session;
  readonly onSetup: (setup: Setup) => void;
  readonly onEnd: (why: 'ended' | 'left') => void;
}

function InSession({ session, onSetup, onEnd }: InSessionProps) {
  const [made, setMade] = useState<readonly MadeCredential[]>([]);
  useEffect(() => {
    if (session.accentColour) setAccent(session.accentColour);
  }, [session.accentColour]);
  const call = useMemo(() => guarded(() => onEnd('ended')), []);
  const setup = useRef(session.setup);
  const saved = useRef<Promise<unknown>>(Promise.resolve());
  const save = async (changes: Partial<Setup>) => {
    const changed = { ...setup.current, ...changes };
    setup.current = changed;
    onSetup(changed);
    // One after the other, since each replaces what was saved before.
    saved.current = saved.current.catch(() => undefined).then(() => call('setup.save', changed));
    await saved.current;
  };
  const portal: Portal = {
    call,
    session,
    made,
    keep: async (credential, instead) => {
      setMade((last) => [...last.filter(({ id }) => id !== credential.id), credential]);
      const answers = Object.entries(setup.current.answers ?? {});
      if (!answers.some(([, id]) => id === instead)) return;
      await save({
        answers: Object.fromEntries(answers.map(([name, id]) => [name, id === instead ? credential.id : id])),
      });
    },
    save,
    leave: async () => {
      await call('session.end', {});
      onEnd('left');
    },
  };
  return (
    <PortalContext.Provider value={portal}>
      <Screens />
    </PortalContext.Provider>
  );
}

/** The client of the API, which notices that the session has ended. */
function guarded(onEnd: () => void): Caller<PortalApi> {
  return async (name, input, signal) => {
    try {
      return await send(name, input, signal);
    } catch (error) {
      if (isNoSession(error)) onEnd();
      throw error;
    }
  };
}

const isNoSession = (error: unknown) => error instanceof CallError && error.code === 'no-session';
