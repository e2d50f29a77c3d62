import { addKey, addTrust, removePart, rotateClient } from '../../operator/tenants/change-client';
import { readPublicKey } from '../../operator/tenants/client-key';
import { type ListedClient, listClients } from '../../operator/tenants/client-list';
import { createClient, revokeClient } from '../../operator/tenants/clients';
import { tokenUrlOf } from '../../operator/tenants/token-url';
import { limited } from './checked';
import { type CredentialState, labelled, type Scope } from './credential';
import { days, hours } from './duration';
import { given } from './given';
import type { Session } from './session';

/** The workload of another issuer that may act as a client, such as a service principal of Entra. */
export interface Trust {
  /** Its issuer (`iss`): an https URL whose host the construct allows (`federationHosts`). */
  readonly issuer: string;
  /** Its subject (`sub`). For Entra the object id of the service principal. */
  readonly subject: string;
  /** The audience (`aud`) that its assertions have. */
  readonly audience: string;
  /** Where the issuer's keys are. @default - as its OpenID Connect configuration says */
  readonly jwksUrl?: string;
}

/** An OAuth client of a tenant, without its secrets. Times are ISO 8601 in UTC. */
export interface Client {
  readonly clientId: string;
  readonly label?: string;
  /** What its access tokens may do. */
  readonly scope: Scope;
  readonly state: CredentialState;
  readonly created: string;
  /** The hour of the last request; absent if there was none. */
  readonly lastUse?: string;
  /** How long its access tokens live, in seconds. */
  readonly accessTokenSeconds: number;
  /** Its secrets; `id` names one for `revokePart`. */
  readonly secrets: readonly {
    readonly id: string;
    readonly state: 'live' | 'expired';
    readonly created: string;
    readonly expires: string;
  }[];
  /** The public keys with which it signs assertions. */
  readonly keys: readonly { readonly id: string; readonly created: string }[];
  /** The workloads that may act as it. */
  readonly trusts: readonly (Trust & { readonly id: string; readonly created: string })[];
}

/** A new client, or one with a new secret. */
export interface NewClient {
  readonly clientId: string;
  /** Where it gets access tokens. */
  readonly tokenUrl: string;
  /** The secret; absent for a client with a key or a trust. Only its hash is stored: it cannot be read again. */
  readonly secret?: string;
  /** When the secret expires, as ISO 8601 in UTC. */
  readonly expires?: string;
}

/** What `clients.create` may be told. With `key` or `trust` the client gets no secret. */
export interface ClientOptions {
  /** A name, such as that of the identity provider. It is shown in lists and in the activity. */
  readonly label?: string;
  /** What its access tokens may do. @default 'scim' */
  readonly scope?: Scope;
  /** How many days its secret lives, from 365 to 1,096. @default 730 */
  readonly days?: number;
  /** How many hours its access tokens live, from 1 to 6. @default 1 */
  readonly accessTokenHours?: number;
  /** The public key with which it signs assertions: PEM or JWK, as text. */
  readonly key?: string;
  /** The workload that may act as the client. */
  readonly trust?: Trust;
  /** The most clients that the tenant may have, this one included. @default 2 */
  readonly limit?: number;
}

/** What `clients.rotate` may be told. */
export interface RotateClientOptions extends Pick<ClientOptions, 'days'> {
  /** For how many hours the secrets before it work. @default - until their own end */
  readonly overlapHours?: number;
}

/** The OAuth clients of a tenant. A change takes effect when caches have expired: within two minutes. */
export interface Clients {
  /**
   * Creates a client.
   *
   * @throws UnknownTenantError if there is no such tenant
   * @throws RefusedError if the tenant is disabled, has as many clients as it may, or an option is not valid
   */
  create(tenantId: string, options?: ClientOptions): Promise<NewClient>;
  /** Returns the clients with their states, oldest first. @throws UnknownTenantError if there is no such tenant */
  list(tenantId: string): Promise<readonly Client[]>;
  /**
   * Gives a client another secret. Those before it work until their end, for `overlapHours`, or until they are revoked.
   *
   * @throws UnknownTenantError if there is no such tenant
   * @throws RefusedError if there is no such client, it has two live secrets, or it has a key or a trust instead
   */
  rotate(tenantId: string, clientId: string, options?: RotateClientOptions): Promise<NewClient>;
  /**
   * Gives a client another public key; those before it work until they are revoked.
   *
   * @param key PEM or JWK, as text
   * @throws as `rotate`, and RefusedError if the key is not valid or the client has two
   */
  addKey(tenantId: string, clientId: string, key: string): Promise<void>;
  /** Lets another workload act as a client. @throws as `rotate`, and RefusedError if the client has four trusts */
  addTrust(tenantId: string, clientId: string, trust: Trust): Promise<void>;
  /**
   * Revokes one secret, key or trust of a client.
   *
   * @param partId its `id`, as `list` returns it
   * @throws as `rotate`, and RefusedError if it is all that the client authenticates with
   */
  revokePart(tenantId: string, clientId: string, partId: string): Promise<void>;
  /** Revokes a client with everything that it authenticates with. @throws as `rotate` */
  revoke(tenantId: string, clientId: string): Promise<void>;
}

/** The operations on clients. @internal */
export function clientsOf(session: Session): Clients {
  return {
    create: (tenantId, options = {}) =>
      session.change(tenantId, async ({ services, baseUrl }) => {
        const { clientId, made } = await createClient(services, tenantId, clientOptions(options));
        const values = { credential: clientId, ...labelled(options.label) };
        return [
          { action: 'clientCreated', values },
          { clientId, tokenUrl: tokenUrlOf(baseUrl(tenantId)), ...made },
        ];
      }),
    list: (tenantId) =>
      session.of(tenantId, async ({ services }, tenant) => {
        const clients = await listClients(services, await services.tenants.withLastUse(tenant));
        return clients.map(listed);
      }),
    rotate: (tenantId, clientId, { days: life, overlapHours } = {}) =>
      session.change(tenantId, async ({ services, baseUrl }, tenant) => {
        const rotation = given({ life: days(life), overlap: hours(overlapHours) });
        const { made, client } = await rotateClient(services, tenant, clientId, rotation);
        const values = { credential: clientId, ...labelled(client.label) };
        return [
          { action: 'clientRotated', values },
          { clientId, tokenUrl: tokenUrlOf(baseUrl(tenantId)), ...made },
        ];
      }),
    addKey: (tenantId, clientId, key) =>
      session.change(tenantId, async ({ services }, tenant) => {
        const { label } = await addKey(services, tenant, clientId, readPublicKey(key));
        return [{ action: 'clientKeyAdded', values: { credential: clientId, ...labelled(label) } }, undefined];
      }),
    addTrust: (tenantId, clientId, trust) =>
      session.change(tenantId, async ({ services }, tenant) => {
        const { label } = await addTrust(services, tenant, clientId, trust);
        const values = { credential: clientId, issuer: trust.issuer, ...labelled(label) };
        return [{ action: 'clientTrustAdded', values }, undefined];
      }),
    revokePart: (tenantId, clientId, part) =>
      session.change(tenantId, async ({ services }, tenant) => {
        const { label } = await removePart(services, tenant, clientId, part);
        return [{ action: 'clientPartRevoked', values: { credential: clientId, part, ...labelled(label) } }, undefined];
      }),
    revoke: (tenantId, clientId) =>
      session.change(tenantId, async ({ services }, tenant) => {
        await revokeClient(services, tenant, clientId);
        const values = { credential: clientId, ...labelled(tenant.clients.get(clientId)?.label) };
        return [{ action: 'clientRevoked', values }, undefined];
      }),
  };
}

function clientOptions({ label, days: life, accessTokenHours, key, limit, ...options }: ClientOptions) {
  return {
    ...options,
    ...given({
      clientLabel: label,
      limit: limited(limit),
      life: days(life),
      accessTokenLife: hours(accessTokenHours),
      key: key === undefined ? undefined : readPublicKey(key),
    }),
  };
}

function listed({ secrets, keys, trusts, label, lastUse, ...client }: ListedClient): Client {
  return {
    ...client,
    ...labelled(label),
    ...given({ lastUse }),
    secrets: secrets.map(({ id, state, created, expires }) => ({ id, state, created, expires })),
    keys: keys.map(({ id, created }) => ({ id, created })),
    trusts,
  };
}
