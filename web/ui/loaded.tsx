import type { ComponentChildren } from 'preact';
import { ErrorNotice, Skeleton } from './notice';
import type { Loaded } from './use-call';

interface ShowProps<Value> {
  readonly loaded: Loaded<Value>;
  readonly children: (value: Value) => ComponentChildren;
  /** How many lines stand in for it while it is read for the first time. */
  readonly lines?: number;
}

/** Shows a value that is read: a placeholder first, then the value; an error above the last value if it cannot be read. */
export function Show<Value>({ loaded, children, lines = 4 }: ShowProps<Value>) {
  const { value, error, reload } = loaded;
  return (
    <>
      {error && <ErrorNotice error={error} retry={reload} />}
      {value !== undefined && children(value)}
      {value === undefined && !error && <Skeleton lines={lines} />}
    </>
  );
}
