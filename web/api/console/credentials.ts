import type { Call, Done, OfTenant } from './call';

export type Scope = 'scim' | 'scim:read';

/** `incomplete`: its creation was interrupted, and it is not accepted; revoke it. */
export type CredentialState = 'live' | 'disabled' | 'expired' | 'incomplete';

export interface Token {
  readonly id: string;
  readonly label?: string;
  readonly scope: Scope;
  readonly state: CredentialState;
  readonly created: string;
  readonly expires: string;
  readonly lastUse?: string;
}

/** A new token: it is not shown again. */
export interface MadeToken {
  readonly id: string;
  readonly token: string;
  readonly expires: string;
}

/** One of the things that a client authenticates with. */
export interface ClientPart {
  readonly id: string;
  readonly kind: 'secret' | 'key' | 'trust';
  readonly state: 'live' | 'expired';
  readonly created: string;
  /** Of a secret. */
  readonly expires?: string;
  /** What it is, in words: the kind of key, or the workload that is trusted. */
  readonly what?: string;
}

export interface Client {
  readonly id: string;
  readonly label?: string;
  readonly scope: Scope;
  readonly state: CredentialState;
  readonly created: string;
  readonly lastUse?: string;
  readonly parts: readonly ClientPart[];
}

/** What a page for a client of an identity provider asks for. `secret` is not shown again. */
export interface MadeClient {
  readonly id: string;
  /** Entra's *Tenant URL* and *Token endpoint*. */
  readonly baseUrl: string;
  readonly tokenEndpoint: string;
  /** Absent for a client that signs assertions. */
  readonly secret?: string;
  readonly secretExpires?: string;
}

/** A workload of another issuer that acts as a client. */
export interface Workload {
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
  readonly jwksUrl?: string;
}

export type InvitationScope = 'setup' | 'manage';

export interface Invitation {
  readonly id: string;
  readonly scope: InvitationScope;
  /** What the customer is called on the page. */
  readonly customer: string;
  readonly created: string;
  readonly expires: string;
  /** `open`: nobody has used it; `used`: somebody has a session; `expired`, `revoked`, `locked`: after five wrong PINs. */
  readonly state: 'open' | 'used' | 'expired' | 'revoked' | 'locked';
  readonly opened?: string;
  readonly wrongPins: number;
}

export interface CredentialCalls {
  'credentials.list': Call<
    OfTenant,
    {
      /** What the guide calls *SCIM endpoint*. */
      readonly baseUrl: string;
      readonly tokenEndpoint: string;
      readonly tokens: readonly Token[];
      readonly clients: readonly Client[];
    }
  >;
  /** The token is shown once. `limit` allows more live tokens than two. */
  'tokens.create': Call<
    OfTenant & {
      readonly label?: string;
      readonly readOnly?: boolean;
      readonly days?: number;
      readonly limit?: number;
    },
    Done & { readonly token: MadeToken }
  >;
  /** A successor; the old one works until it is revoked, or for `overlapHours`. */
  'tokens.rotate': Call<
    OfTenant & {
      readonly id: string;
      readonly overlapHours?: number;
      readonly days?: number;
      readonly limit?: number;
    },
    Done & { readonly token: MadeToken; readonly oldExpires: string }
  >;
  /** `confirm` is the id of the token. */
  'tokens.revoke': Call<OfTenant & { readonly id: string; readonly confirm: string }, Done>;
  /** With a key (PEM or JWK) or a workload it gets no secret. */
  'clients.create': Call<
    OfTenant & {
      readonly label?: string;
      readonly readOnly?: boolean;
      readonly days?: number;
      readonly accessTokenHours?: number;
      readonly key?: string;
      readonly workload?: Workload;
      readonly limit?: number;
    },
    Done & { readonly client: MadeClient }
  >;
  /** Another secret; those before work until their end, or for `overlapHours`. */
  'clients.rotate': Call<
    OfTenant & { readonly id: string; readonly overlapHours?: number; readonly days?: number },
    Done & {
      readonly client: MadeClient;
      readonly before: readonly { readonly id: string; readonly expires: string }[];
    }
  >;
  'clients.addKey': Call<OfTenant & { readonly id: string; readonly key: string }, Done>;
  'clients.addWorkload': Call<OfTenant & { readonly id: string; readonly workload: Workload }, Done>;
  /** Revokes a client, or one `part` of it. `confirm` is the id of what is revoked. */
  'clients.revoke': Call<OfTenant & { readonly id: string; readonly part?: string; readonly confirm: string }, Done>;
  'invitations.list': Call<OfTenant, { readonly invitations: readonly Invitation[] }>;
  /**
   * The link and the PIN are shown once; they go to the administrator by two channels. The page calls the customer
   * `customer`, or by the label of the tenant, and leads back to `returnUrl`.
   */
  'invitations.create': Call<
    OfTenant & {
      readonly scope: InvitationScope;
      readonly days?: number;
      readonly customer?: string;
      readonly returnUrl?: string;
    },
    Done & { readonly id: string; readonly link: string; readonly pin: string; readonly expires: string }
  >;
  /** Ends its sessions, too. */
  'invitations.revoke': Call<OfTenant & { readonly id: string }, Done>;
}
