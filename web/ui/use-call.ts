import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

/** How often what is shown live is read again while its tab is visible, in milliseconds. */
export const livePeriod = 3000;

/** What a screen knows of a value that it reads: the last answer stays while it is read again, or that failed. */
export interface Loaded<Value> {
  readonly value?: Value;
  readonly error?: Error;
  readonly loading: boolean;
  /** Reads it again, such as after a change. */
  readonly reload: () => void;
}

interface State<Value> {
  readonly key: string;
  readonly value?: Value;
  readonly error?: Error;
  readonly loading: boolean;
}

/**
 * Reads a value, again when the key changes, and every `every` milliseconds while the tab is visible, unless it is being
 * read. An answer that arrives after the key has changed is dropped.
 */
export function useLoaded<Value>(
  key: string,
  read: (signal: AbortSignal) => Promise<Value>,
  { every }: { readonly every?: number } = {},
): Loaded<Value> {
  const [state, setState] = useState<State<Value>>({ key, loading: true });
  const [round, setRound] = useState(0);
  const latest = useRef(read);
  latest.current = read;
  const reading = useRef(false);

  useEffect(() => {
    const aborting = new AbortController();
    const settle = (change: Partial<State<Value>> & { readonly loading: boolean }) => {
      if (aborting.signal.aborted) return;
      reading.current = change.loading;
      setState((last) => next(last, key, change));
    };
    settle({ loading: true });
    latest.current(aborting.signal).then(
      (value) => settle({ value, loading: false }),
      (error: Error) => settle({ error, loading: false }),
    );
    return () => aborting.abort();
  }, [key, round]);

  const reload = useCallback(() => setRound((last) => last + 1), []);
  // A poll that began again what takes longer than its period would never get an answer.
  const poll = useCallback(() => reading.current || reload(), []);
  usePolling(poll, every);
  const { value, error, loading } = state.key === key ? state : { value: undefined, error: undefined, loading: true };
  return { loading, reload, ...(value !== undefined && { value }), ...(error && { error }) };
}

function next<Value>(last: State<Value>, key: string, change: Partial<State<Value>>): State<Value> {
  const kept = last.key === key ? last : { key, loading: true };
  const { error: _, ...settled } = kept as State<Value>;
  return { ...(change.value === undefined ? kept : settled), ...change, key };
}

/** Runs an action every so many milliseconds while the tab is visible, and at once when it becomes visible again. */
function usePolling(action: () => unknown, every: number | undefined): void {
  useEffect(() => {
    if (every === undefined) return;
    const act = () => document.visibilityState === 'visible' && action();
    const timer = setInterval(act, every);
    document.addEventListener('visibilitychange', act);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', act);
    };
  }, [action, every]);
}

/** What a form or button that changes something needs: it runs once at a time, and keeps the error to show. */
export interface Action<Input extends unknown[]> {
  readonly run: (...input: Input) => Promise<boolean>;
  readonly running: boolean;
  readonly error?: Error;
  readonly clear: () => void;
}

/** Wraps a change that is sent on demand; `run` says whether it succeeded. */
export function useAction<Input extends unknown[]>(change: (...input: Input) => Promise<unknown>): Action<Input> {
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<Error>();
  const run = async (...input: Input): Promise<boolean> => {
    setRunning(true);
    setError(undefined);
    try {
      await change(...input);
      return true;
    } catch (thrown) {
      setError(thrown as Error);
      return false;
    } finally {
      setRunning(false);
    }
  };
  return { run, running, clear: () => setError(undefined), ...(error && { error }) };
}
