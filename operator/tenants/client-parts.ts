import { createHash } from 'node:crypto';
import type { ClientAuthentication, ClientKey, HashedSecret, Trust } from '../../lambda/tenants/client';
import { isExpired } from '../../lambda/tenants/tenant';

/** A client secret as lists show it: without its hash. */
export interface ListedSecret extends Omit<HashedSecret, 'hash'> {
  readonly id: string;
  readonly state: 'live' | 'expired';
}

/** What a client authenticates with, as lists show it. The ids name a part in commands; none of them is secret. */
export interface ListedParts {
  readonly secrets: readonly ListedSecret[];
  readonly keys: readonly (ClientKey & { readonly id: string })[];
  readonly trusts: readonly (Trust & { readonly id: string })[];
}

/** The first 32 bits of a hash: enough to choose among the few parts of a client. */
const idLength = 8;

/** The id of a client secret. */
export const secretId = ({ hash }: HashedSecret): string => hash.slice(0, idLength);

/** The id of a public key: of its required members in alphabetical order (RFC 7638 §3). */
export function keyId({ jwk }: ClientKey): string {
  const members = ['crv', 'e', 'kty', 'n', 'x', 'y'].flatMap((name) => (name in jwk ? [[name, jwk[name]]] : []));
  return digest(JSON.stringify(Object.fromEntries(members)));
}

/** The id of a trust. */
export const trustId = ({ issuer, subject, audience }: Trust): string =>
  digest(JSON.stringify([issuer, subject, audience]));

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, idLength);
}

/** Lists what a client authenticates with. */
export function listParts({ secrets, keys, trusts }: ClientAuthentication, now: Date): ListedParts {
  return {
    secrets: secrets.map((secret) => {
      const { hash: _, ...shown } = secret;
      return { id: secretId(secret), ...shown, state: isExpired(secret, now) ? 'expired' : 'live' };
    }),
    keys: keys.map((key) => ({ id: keyId(key), ...key })),
    trusts: trusts.map((trust) => ({ id: trustId(trust), ...trust })),
  };
}

/** Whether the client can get access tokens at this time. */
export function canAuthenticate({ secrets, keys, trusts }: ClientAuthentication, now: Date): boolean {
  return keys.length > 0 || trusts.length > 0 || secrets.some((secret) => !isExpired(secret, now));
}

/** The parts without the one of this id; undefined if there is none. */
export function withoutPart<Client extends ClientAuthentication>(client: Client, id: string): Client | undefined {
  const secrets = client.secrets.filter((secret) => secretId(secret) !== id);
  const keys = client.keys.filter((key) => keyId(key) !== id);
  const trusts = client.trusts.filter((trust) => trustId(trust) !== id);
  const count = secrets.length + keys.length + trusts.length;
  const before = client.secrets.length + client.keys.length + client.trusts.length;
  return count === before ? undefined : { ...client, secrets, keys, trusts };
}
