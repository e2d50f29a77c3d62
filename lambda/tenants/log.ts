/** Takes what happened as a JSON object; never a token or a hash. */
export type Log = (entry: Readonly<Record<string, unknown>>) => void;
