import { useEffect, useState } from 'preact/hooks';
import { absoluteTime, relativeTime } from './time';

/** The present, in milliseconds since 1970; renders again as time passes. */
function useNow(period = 10_000): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), period);
    return () => clearInterval(timer);
  }, [period]);
  return now;
}

/** A time as it is read most easily, how far it is from now, and in full when it is pointed at. */
export function Moment({ at }: { readonly at: string | number }) {
  const now = useNow();
  const time = new Date(at);
  return (
    <time dateTime={time.toISOString()} title={absoluteTime(time.getTime())}>
      {relativeTime(time.getTime(), now)}
    </time>
  );
}

const hour = 3_600_000;

/** When a credential was last used, which is noted once an hour: within that hour nobody knows more. */
export function LastUse({ at }: { readonly at: string }) {
  return Date.now() - Date.parse(at) < hour ? <>within the hour</> : <Moment at={at} />;
}
