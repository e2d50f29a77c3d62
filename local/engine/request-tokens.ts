import { createHash } from 'node:crypto';
import type { Database, Write } from './database';
import { parameterMismatch } from './errors';

const prefix = 'token/';
const life = 10 * 60 * 1000;

interface TokenUse {
  readonly hash: string;
  readonly expires: number;
}

/** The client request tokens of transactions that were committed in the last ten minutes. */
export interface RequestTokens {
  /** Whether this token committed these parameters already. @throws AwsError when it committed others. */
  isRepeated(token: string, parameters: string): boolean;
  /** Commits a transaction together with its token, and with the removal of tokens that have expired. */
  commit(token: string, parameters: string, commit: (writes: readonly Write[]) => Promise<void>): Promise<void>;
}

/** Reads the tokens in a database. */
export async function loadRequestTokens(database: Database, now: () => number): Promise<RequestTokens> {
  const uses = await oldestFirst(database);

  return {
    isRepeated(token, parameters) {
      const use = uses.get(token);
      if (!use || use.expires <= now()) return false;
      if (use.hash !== hash(parameters)) throw parameterMismatch();
      return true;
    },
    async commit(token, parameters, commit) {
      const use = { hash: hash(parameters), expires: now() + life };
      const expired = firstExpired(uses, now());
      await commit([
        ...expired.map((old): Write => ({ type: 'del', key: prefix + old })),
        { type: 'put', key: prefix + token, value: use },
      ]);
      for (const old of expired) uses.delete(old);
      uses.delete(token);
      uses.set(token, use);
    },
  };
}

async function oldestFirst(database: Database): Promise<Map<string, TokenUse>> {
  const uses: [string, TokenUse][] = [];
  for await (const [token, use] of database.entries(prefix)) uses.push([token, use as TokenUse]);
  return new Map(uses.sort(([, a], [, b]) => a.expires - b.expires));
}

/** Tokens expire in the order of their use, so the search ends at the first live one. */
function firstExpired(uses: ReadonlyMap<string, TokenUse>, now: number): readonly string[] {
  const expired: string[] = [];
  for (const [token, use] of uses) {
    if (use.expires > now) break;
    expired.push(token);
  }
  return expired;
}

function hash(parameters: string): string {
  return createHash('sha256').update(parameters).digest('hex');
}
