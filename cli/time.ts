/** Formats a time for columns whose head says UTC: to the minute. */
export function shortTime(time: string | undefined): string {
  return time === undefined ? '-' : `${time.slice(0, 'yyyy-mm-dd'.length)} ${time.slice(11, 16)}`;
}

/** Formats a time for a sentence or a list of facts: to the minute, in UTC. */
export function utcTime(time: string): string {
  return `${shortTime(time)} UTC`;
}
