import type { Scope } from '../scope';

/** The error keywords of RFC 7644 §3.12 and, for cursors, RFC 9865 §2.1. */
export type ScimType =
  | 'invalidFilter'
  | 'tooMany'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue'
  | 'invalidVers'
  | 'invalidCursor'
  | 'expiredCursor'
  | 'invalidCount';

/**
 * The one error a client can see: an HTTP status, RFC 7644's keyword where it defines one, and what to do about it, in
 * full sentences. Every one is made by a function of this file.
 */
export class ScimError extends Error {
  override readonly name = 'ScimError';

  constructor(
    readonly status: number,
    readonly scimType: ScimType | undefined,
    readonly detail: string,
    readonly headers: Readonly<Record<string, string>> = {},
    options?: ErrorOptions,
  ) {
    super(detail, options);
  }
}

/** 400 with one of RFC 7644's keywords. */
export function badRequest(scimType: ScimType, detail: string): ScimError {
  return new ScimError(400, scimType, detail);
}

export const invalidValue = (detail: string): ScimError => badRequest('invalidValue', detail);
export const invalidSyntax = (detail: string): ScimError => badRequest('invalidSyntax', detail);
export const invalidFilter = (detail: string): ScimError => badRequest('invalidFilter', detail);
export const invalidPath = (detail: string): ScimError => badRequest('invalidPath', detail);
export const noTarget = (detail: string): ScimError => badRequest('noTarget', detail);
export const mutability = (detail: string): ScimError => badRequest('mutability', detail);
export const tooMany = (detail: string): ScimError => badRequest('tooMany', detail);

/** 409: a value that must be unique belongs to another resource. */
export const uniqueness = (detail: string): ScimError => new ScimError(409, 'uniqueness', detail);

/** 401: the API token is not valid any more (RFC 6750 §3). */
export const unauthorized = (detail: string): ScimError =>
  new ScimError(401, undefined, detail, { 'WWW-Authenticate': 'Bearer' });

/** 403: the request is understood and refused. */
export const forbidden = (detail: string): ScimError => new ScimError(403, undefined, detail);

/** 403: the credential may not do this; `scope` is the one that it lacks (RFC 6750 §3.1). */
export const insufficientScope = (detail: string, scope: Scope): ScimError =>
  new ScimError(403, undefined, detail, {
    'WWW-Authenticate': `Bearer error="insufficient_scope", scope="${scope}"`,
  });

/** 404: no such resource or path. */
export const notFound = (detail: string): ScimError => new ScimError(404, undefined, detail);

/** 405: the path has other methods than this one; `allowed` names them, for `Allow`. */
export const methodNotAllowed = (detail: string, allowed: readonly string[]): ScimError =>
  new ScimError(405, undefined, detail, { Allow: allowed.join(', ') });

/** 412: `If-Match` names another version than the present one (RFC 7644 §3.14). */
export const preconditionFailed = (detail: string): ScimError => new ScimError(412, undefined, detail);

/** 413: the request is larger than a documented limit. */
export const tooLarge = (detail: string): ScimError => new ScimError(413, undefined, detail);

/** 415: the body is of another media type than JSON. */
export const unsupportedMediaType = (detail: string): ScimError => new ScimError(415, undefined, detail);

/** 429: try again after `seconds` (an integer: Okta reads nothing else). */
export function throttled(detail: string, seconds: number, options?: ErrorOptions): ScimError {
  return new ScimError(429, undefined, detail, { 'Retry-After': String(seconds) }, options);
}

/** 503: the tenant accepts no requests for now; try again after `seconds`. */
export const unavailable = (detail: string, seconds: number): ScimError =>
  new ScimError(503, undefined, detail, { 'Retry-After': String(seconds) });

/** 500: a failure that the client did not cause; without internal details. */
export const internalError = (detail: string): ScimError => new ScimError(500, undefined, detail);

/** 501: a part of the protocol that this endpoint does not have. */
export const notImplemented = (detail: string): ScimError => new ScimError(501, undefined, detail);
