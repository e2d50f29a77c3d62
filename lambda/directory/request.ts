import type { Json, JsonObject } from '../scim/json';
import type { ScimError } from '../scim/message/error';
import type { ProfileName } from '../scim/schema/profile';
import type { Views } from '../scim/schema/view';
import type { Scope } from '../scim/scope';
import type { Work } from '../scim/work';
import type { Store } from './store';
import type { TenantState } from './tenant-state';

/** The caller, from the verified credential, never from the path. */
export interface Caller {
  readonly tenantId: string;
  /** The id of the token or client that authorized the request. */
  readonly credentialId: string;
  /** What the operator called it; absent without a label. */
  readonly credentialLabel?: string;
  readonly scope: Scope;
  readonly profile: ProfileName;
}

/** Where a request came from. */
export interface Origin {
  /** The address of the client. */
  readonly address?: string;
  /** Its name for itself (`User-Agent`), shortened. */
  readonly agent?: string;
  /** When the host received the request, in milliseconds since the epoch. */
  readonly received?: number;
}

/** A request, independent of the host that received it. */
export interface ScimRequest {
  readonly caller: Caller;
  readonly requestId: string;
  readonly method: string;
  /** The parts of the path below the Base URL, decoded. */
  readonly path: readonly string[];
  /** Query parameters, decoded once; of a repeated one the last value, of a repeated list all of them. */
  readonly query: ReadonlyMap<string, string>;
  /** Headers by lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
  /** The parsed body; absent where there was none. */
  readonly body?: Json;
  /** The tenant's state when the request began. */
  readonly state: Promise<TenantState>;
  /** The work of the request; of all its operations together, if it has several. */
  readonly work: Work;
  /** The tenant's Base URL, without a trailing slash. */
  readonly baseUrl: string;
  /** Where it came from, as far as the host knows. */
  readonly origin?: Origin;
  /** It is an operation of a bulk request. */
  readonly bulk?: true;
}

export interface ScimResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: JsonObject;
  /** The response if the body is too large but the request has already changed something. */
  readonly smallerBody?: () => JsonObject;
  /** The operations of a bulk request that failed. */
  readonly failed?: readonly FailedOperation[];
}

/** An operation of a bulk request that failed. */
export interface FailedOperation {
  readonly method: string;
  /** The parts of its path. */
  readonly path: readonly string[];
  readonly body: Json | undefined;
  readonly error: ScimError;
}

/** The dependencies of the directory; tests pass their own. */
export interface Services {
  readonly store: Store;
  readonly now: () => Date;
  readonly newId: () => string;
  /** What is known of the attributes. @default the schemas of the deployment */
  readonly views?: Views;
}

/** Handles one kind of request. @throws ScimError */
export type MethodHandler = (services: Services, request: ScimRequest) => Promise<ScimResponse> | ScimResponse;
