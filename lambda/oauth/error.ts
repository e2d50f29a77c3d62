/** Error codes of a token endpoint (RFC 6749 §5.2), and one for "ask again", which OAuth has for other endpoints only. */
type ErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'unsupported_grant_type'
  | 'invalid_scope'
  | 'temporarily_unavailable';

/** Why a client was not authenticated. It goes into the log; the client gets the same text for all of them. */
export type Reason =
  | 'garbled'
  | 'unknown'
  | 'wrong secret'
  | 'expired'
  | 'disabled'
  | 'wrong issuer'
  | 'wrong subject'
  | 'wrong audience'
  | 'wrong tid'
  | 'wrong signature'
  | 'unknown key'
  | 'wrong time';

/** An error response of the token endpoint. */
export class OAuthError extends Error {
  constructor(
    readonly status: number,
    readonly code: ErrorCode,
    /** For people; only characters that RFC 6749 §5.2 allows, so no quotation marks. */
    description: string,
    readonly more: {
      readonly reason?: Reason;
      readonly retryAfter?: number;
      readonly cause?: unknown;
    } = {},
  ) {
    super(description, { cause: more.cause });
  }
}

/** A request that does not have the form of RFC 6749 §4.4.2. */
export const invalidRequest = (description: string) => new OAuthError(400, 'invalid_request', description);

/** A client that cannot be authenticated by its secret: the text does not tell why. */
export const wrongSecret = (reason: Reason) =>
  new OAuthError(
    401,
    'invalid_client',
    'The client is not known or its secret is not valid. Compare client identifier, client secret and token endpoint with ' +
      'what the operator of this endpoint gave you; a secret can have expired or been revoked. Ask the operator for another.',
    { reason },
  );

/** A client that cannot be authenticated by its assertion: the text does not tell why. */
export const wrongAssertion = (reason: Reason) =>
  new OAuthError(
    401,
    'invalid_client',
    'The client is not known or its assertion is not valid. Compare issuer, subject, audience and client identifier with ' +
      'what the operator of this endpoint registered, and check the clock of the issuer. The log of the endpoint says what differs.',
    { reason },
  );

/** The client may be right, but that cannot be checked now. */
export const tryAgain = (status: 429 | 500 | 503, retryAfter: number, cause?: unknown) =>
  new OAuthError(
    status,
    'temporarily_unavailable',
    'The client cannot be authenticated at the moment. Send the request again after the seconds in Retry-After.',
    { retryAfter, cause },
  );
