import type { JsonObject } from '../scim/json';
import type { Scope } from '../scim/scope';

/** A client secret (RFC 6749 §2.3.1), of which only the SHA-256 hash is stored. Times are ISO 8601 in UTC. */
export interface HashedSecret {
  /** SHA-256 of the whole client secret, hexadecimal. */
  readonly hash: string;
  readonly created: string;
  readonly expires: string;
}

/** A public key with which a client signs assertions itself (`private_key_jwt`, RFC 7523 §2.2). */
export interface ClientKey {
  readonly created: string;
  /** The key as a JWK (RFC 7517): its public members only. */
  readonly jwk: JsonObject;
}

/** A workload of another issuer that may act as the client, by the JWTs that the issuer signs for it (RFC 7523 §2.2). */
export interface Trust {
  readonly created: string;
  /** Must equal `iss`. An https URL; its host must be on the deployment's list of federation hosts. */
  readonly issuer: string;
  /** Must equal `sub`. For Entra the object id of the service principal. */
  readonly subject: string;
  /** Must be in `aud`. For Entra a bare GUID. */
  readonly audience: string;
  /** Where the issuer's keys are (RFC 7517); absent if OpenID Connect discovery tells. */
  readonly jwksUrl?: string;
}

/** The most secrets, keys and trusts that a client has: what a rotation needs. */
export const maxPerClient = { secrets: 2, keys: 2, trusts: 4 };

/** How long access tokens may live, in seconds. Entra accepts 60 to 360 minutes. */
export const accessTokenLife = { least: 3600, most: 6 * 3600 };

/** What a client is, and how it authenticates: the same in the tenant item and in the client's secret. */
export interface ClientAuthentication {
  readonly label?: string;
  readonly scope: Scope;
  /** Life of an access token in seconds, within `accessTokenLife`. */
  readonly accessTokenSeconds: number;
  /** Oldest first. An expired one stays until another takes its place. */
  readonly secrets: readonly HashedSecret[];
  readonly keys: readonly ClientKey[];
  readonly trusts: readonly Trust[];
}

/** A client in its tenant's item: all of it but the key of its access tokens. */
export interface ClientRecord extends ClientAuthentication {
  readonly created: string;
  /** Counts the changes, so that of two at a time one is refused. */
  readonly version: number;
  /** The time of the last request with an access token, to the hour; absent if there was none. */
  readonly lastUse?: string;
}

/**
 * When the first of a client's live secrets ends; if all have ended, when the last one did. Undefined for a client
 * without secrets.
 */
export function nextEnd({ secrets }: Pick<ClientAuthentication, 'secrets'>, now: Date): string | undefined {
  const ends = secrets.map(({ expires }) => expires).sort();
  return ends.find((end) => Date.parse(end) > now.getTime()) ?? ends.at(-1);
}
