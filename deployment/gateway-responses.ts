import { everyHeader } from './response-headers';

/** A response that API Gateway makes without invoking a function (a GatewayResponse of a REST API). */
export interface GatewayResponse {
  /** API Gateway's name of the response type. */
  readonly type: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON; API Gateway puts the request's id in place of `$context.extendedRequestId`. */
  readonly body: string;
}

/**
 * Every answer that a REST API makes by itself, as SCIM Error JSON (RFC 7644 §3.12). Nothing in them varies but the
 * request's id, which the client cannot choose as it can `$context.requestId` (by `x-amzn-RequestId`):
 * `$context.error.message` could echo a token. Each type is here, with its status in its body, since the
 * defaults cannot know the status of the case they stand in for.
 */
export const responses: readonly GatewayResponse[] = [
  respond(
    'DEFAULT_4XX',
    400,
    'The request was refused before it reached the directory. Check its path, headers and body against RFC 7644.',
  ),
  respond(
    'DEFAULT_5XX',
    500,
    'The endpoint failed to process the request. Send it again; if it fails again, give the operator the id that follows.',
  ),
  respond(
    'ACCESS_DENIED',
    403,
    'The API token is not valid for this URL. Use the Base URL that belongs to the token, without a trailing slash.',
  ),
  respond('API_CONFIGURATION_ERROR', 500, operator('The API is not configured correctly.')),
  respond('AUTHORIZER_CONFIGURATION_ERROR', 500, operator('The check of the API token is not configured correctly.')),
  respond('AUTHORIZER_FAILURE', 500, operator('The API token could not be checked. Send the request again.')),
  respond(
    'BAD_REQUEST_BODY',
    400,
    'Request is unparsable, syntactically incorrect, or violates schema: the body is not what this URL and method take. Send a JSON object as in RFC 7644.',
    { scimType: 'invalidSyntax' },
  ),
  respond(
    'BAD_REQUEST_PARAMETERS',
    400,
    'The query or the headers are not what this URL and method take. Check the names and the percent-encoding of parameters.',
  ),
  unauthorized('EXPIRED_TOKEN'),
  respond('INTEGRATION_FAILURE', 502, operator('The directory did not give a valid answer. Send the request again.')),
  respond(
    'INTEGRATION_TIMEOUT',
    504,
    'The directory did not answer in time. Send the request again; ask for less in one request, for example with excludedAttributes=members.',
  ),
  // The authorizer names the key, so that a wrong one is a fault of ours. An identity provider takes 401 for a dead token.
  respond('INVALID_API_KEY', 500, operator('The limits of the tenant are not configured correctly.')),
  unauthorized('INVALID_SIGNATURE'),
  notFound('MISSING_AUTHENTICATION_TOKEN'),
  throttled('QUOTA_EXCEEDED', 'The quota of requests is used up.', 3600),
  respond('REQUEST_TOO_LARGE', 413, 'The request is too large. Send at most 4 MiB; split it into several requests.'),
  notFound('RESOURCE_NOT_FOUND'),
  throttled('THROTTLED', 'There are too many requests at a time.', 5),
  unauthorized('UNAUTHORIZED'),
  respond(
    'UNSUPPORTED_MEDIA_TYPE',
    415,
    'The media type of the body is not supported. Send application/scim+json or application/json.',
  ),
  respond('WAF_FILTERED', 403, operator("A rule of the endpoint's firewall refused the request.")),
];

function respond(
  type: string,
  status: number,
  detail: string,
  more: { readonly scimType?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): GatewayResponse {
  const body = {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: String(status),
    ...(more.scimType ? { scimType: more.scimType } : {}),
    detail: `${detail} (request $context.extendedRequestId)`,
  };
  return {
    type,
    status,
    headers: { ...everyHeader, ...more.headers },
    body: JSON.stringify(body),
  };
}

/** RFC 6750 §3. The same for every reason, so that it reveals nothing. */
function unauthorized(type: string): GatewayResponse {
  const detail =
    'The request has no valid API token. Send one that is neither expired nor revoked, as in: Authorization: Bearer sst_...';
  return respond(type, 401, detail, { headers: { 'WWW-Authenticate': 'Bearer' } });
}

function notFound(type: string): GatewayResponse {
  const detail =
    'There is nothing at this URL. Take the Base URL as it was given to you, without a trailing slash, followed by a path such as /Users or /Groups.';
  return respond(type, 404, detail);
}

function throttled(type: string, problem: string, seconds: number): GatewayResponse {
  const detail = `${problem} Send the request again after the seconds in Retry-After.`;
  // Okta honours integer seconds only.
  return respond(type, 429, detail, { headers: { 'Retry-After': String(seconds) } });
}

function operator(problem: string): string {
  return `${problem} If it happens again, give the operator of the endpoint the id that follows.`;
}
