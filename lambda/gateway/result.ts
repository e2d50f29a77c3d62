import type { APIGatewayProxyResult } from 'aws-lambda';
import { everyHeader } from '../../deployment/response-headers';
import type { ScimResponse } from '../directory/request';
import { type ScimError, tooMany } from '../scim/message/error';
import { errorBody } from '../scim/message/error-body';
import type { ProfileName } from '../scim/schema/profile';

/** Maximum size of a response in Lambda, in bytes of the whole result as JSON. */
const maxResultBytes = 6 * 1024 * 1024;

/**
 * Converts a response to a result for API Gateway.
 * @throws ScimError 400 `tooMany` if it is too large for Lambda; a page is never shortened
 */
export function toResult({ status, headers, body, smallerBody }: ScimResponse): APIGatewayProxyResult {
  const result = {
    statusCode: status,
    headers: { ...headers, ...everyHeader },
    body: body ? JSON.stringify(body) : '',
  };
  // A quote or a backslash in the body becomes two bytes; any other character has at most three.
  if (result.body.length * 3 > maxResultBytes && Buffer.byteLength(JSON.stringify(result)) > maxResultBytes) {
    if (smallerBody) return toResult({ status, headers: headers ?? {}, body: smallerBody() });
    throw tooMany(
      'The response would be larger than the limit of 6 MB. Request less: excludedAttributes=members leaves out ' +
        "groups' members, attributes names what is needed, count makes pages smaller.",
    );
  }
  return result;
}

/** The caller and the time, for the body of an error. */
export interface ErrorContext {
  readonly requestId: string;
  readonly profile: ProfileName | undefined;
  readonly now: Date;
}

/** Converts an error to a result for API Gateway. */
export function toErrorResult(error: ScimError, context: ErrorContext): APIGatewayProxyResult {
  return {
    statusCode: error.status,
    headers: { ...error.headers, ...everyHeader },
    body: JSON.stringify(errorBody(error, context)),
  };
}
