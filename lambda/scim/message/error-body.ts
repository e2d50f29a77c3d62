import type { JsonObject } from '../json';
import type { ProfileName } from '../schema/profile';
import { profiles } from '../schema/profiles';
import type { ScimError, ScimType } from './error';

/** Additional properties of an error's body. */
export interface ErrorContext {
  readonly requestId: string;
  /** Absent until a token has been read. */
  readonly profile?: ProfileName | undefined;
  readonly now: Date;
}

/** Errors that the guide's troubleshooting shows with the profile's sentence in front. */
const prefixed: ReadonlySet<ScimType | undefined> = new Set<ScimType>(['invalidSyntax', 'invalidValue']);

/**
 * The Error message of RFC 7644 §3.12. `detail` ends with the request's id: administrators see the detail in their
 * identity provider, but no header. A profile may add what AWS's endpoint has: request id and time stamp (UTC).
 */
export function errorBody(error: ScimError, { requestId, profile, now }: ErrorContext): JsonObject {
  const rules = profile && profiles[profile];
  const prefix = rules && prefixed.has(error.scimType) ? rules.errorPrefix : '';
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: String(error.status),
    ...(error.scimType && { scimType: error.scimType }),
    detail: `${prefix}${error.detail} (request ${requestId})`,
    ...(rules?.awsErrorMembers && {
      exceptionRequestId: requestId,
      timeStamp: now.toISOString().replace('T', ' ').replace('Z', ''),
    }),
  };
}
