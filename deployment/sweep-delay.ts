/**
 * How many seconds after the first sweep of a deletion the last one comes: longer than any request can run, so that it sees
 * the writes of every request.
 */
export const sweepDelaySeconds = 60;
