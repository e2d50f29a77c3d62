import type { Caller, Origin, ScimRequest, ScimResponse } from '../directory/request';
import type { ScimError } from '../scim/message/error';

/** What is known of a request of a tenant after its result. */
export interface RequestFacts {
  readonly requestId: string;
  readonly caller: Caller;
  readonly origin: Origin;
  readonly method: string;
  /** The pattern of the route, with the tenant, such as `/{tenantId}/scim/v2/Users/{id}`. */
  readonly route: string;
  /** The id in the path, as the client sent it. */
  readonly pathId?: string | undefined;
  readonly status: number;
  readonly started: Date;
  readonly ended: Date;
  /** Absent if the request could not be read. */
  readonly request?: ScimRequest | undefined;
  /** Of a request that succeeded. */
  readonly response?: ScimResponse | undefined;
  /** Of a request that failed. */
  readonly error?: ScimError | undefined;
}
