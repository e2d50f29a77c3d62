import { isArray, isObject, type Json } from '../scim/json';
import type { Trust } from '../tenants/client';
import type { JWK } from './jose';

/** Milliseconds. */
const times = {
  /** For how long keys are used before they are fetched again, so that one that the issuer withdrew ends. */
  fresh: 3600_000,
  /** For how long they are used while the issuer cannot be reached. */
  grace: 24 * 3600_000,
  /** The least time between two fetches, whatever assertions ask for. */
  pause: 60_000,
};

const capacity = 1_000;

/** The keys of an issuer by their ids, and the last attempt to fetch them. */
interface KeySet {
  readonly keys: ReadonlyMap<string, JWK>;
  readonly fetched: number;
  readonly attempted: number;
  readonly failure?: UnreachableIssuer;
}

/** The keys of an issuer cannot be fetched, so nothing is known about its assertion. */
export class UnreachableIssuer extends Error {}

/** Finds the public keys of issuers, and caches them. */
export class IssuerKeys {
  private readonly sets = new Map<string, KeySet>();
  private readonly pending = new Map<string, Promise<KeySet>>();

  /** @param fetchJson fetches a document, and throws what is wrong with it or its URL */
  constructor(
    private readonly fetchJson: (url: string) => Promise<Json>,
    private readonly clock: () => Date,
  ) {}

  /**
   * The issuer's key of this id; undefined if the issuer has none. An unknown id makes it fetch the keys again, at most
   * once a minute. The id is only ever compared.
   * @throws UnreachableIssuer
   */
  async find(trust: Pick<Trust, 'issuer' | 'jwksUrl'>, keyId: string): Promise<JWK | undefined> {
    const source = `${trust.issuer} ${trust.jwksUrl ?? ''}`;
    const now = this.clock().getTime();
    const held = this.sets.get(source);
    if (held && now < held.fetched + times.fresh && held.keys.has(keyId)) return held.keys.get(keyId);
    const current = held && now < held.attempted + times.pause ? held : await this.refresh(source, trust, held);
    if (current.keys.has(keyId) && now < current.fetched + times.grace) return current.keys.get(keyId);
    if (current.failure) throw current.failure;
    return undefined;
  }

  /** Fetches the keys, once at a time. Keeps those from before if that fails. */
  private refresh(source: string, trust: Pick<Trust, 'issuer' | 'jwksUrl'>, held?: KeySet): Promise<KeySet> {
    const running = this.pending.get(source);
    if (running) return running;
    const attempted = this.clock().getTime();
    const fetching = this.fetchKeys(trust)
      .then(
        (keys): KeySet => ({ keys, fetched: attempted, attempted }),
        (cause: unknown): KeySet => {
          const failure = new UnreachableIssuer(`The keys of ${trust.issuer} cannot be fetched.`, { cause });
          return { keys: held?.keys ?? new Map(), fetched: held?.fetched ?? 0, attempted, failure };
        },
      )
      .then((set) => {
        this.pending.delete(source);
        if (this.sets.size >= capacity) this.sets.clear();
        this.sets.set(source, set);
        return set;
      });
    this.pending.set(source, fetching);
    return fetching;
  }

  private async fetchKeys({ issuer, jwksUrl }: Pick<Trust, 'issuer' | 'jwksUrl'>): Promise<ReadonlyMap<string, JWK>> {
    return readKeys(await this.fetchJson(jwksUrl ?? (await this.discover(issuer))));
  }

  /** OpenID Connect Discovery §4: the document must be the issuer's own. */
  private async discover(issuer: string): Promise<string> {
    const document = await this.fetchJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
    if (!isObject(document) || document.issuer !== issuer || typeof document.jwks_uri !== 'string') {
      throw new Error('The discovery document has another issuer, or no jwks_uri.');
    }
    return document.jwks_uri;
  }
}

/** The keys of a JWK Set (RFC 7517 §5) that sign, by their ids. @throws Error if it is none */
function readKeys(document: Json): ReadonlyMap<string, JWK> {
  if (!isObject(document) || !isArray(document.keys)) throw new Error('The document is not a JWK Set.');
  const keys = document.keys.filter(isObject).filter(({ kid, kty, use }) => {
    return (
      typeof kid === 'string' && ['RSA', 'EC', 'OKP'].includes(String(kty)) && (use === undefined || use === 'sig')
    );
  });
  return new Map(keys.map((key) => [String(key.kid), key as JWK]));
}
