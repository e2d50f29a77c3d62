/** Formats a time for lists: to the minute, in UTC. */
export function shortTime(time: string | undefined): string {
  return time === undefined ? '-' : `${time.slice(0, 'yyyy-mm-dd'.length)} ${time.slice(11, 16)}`;
}
