import type { APIGatewayProxyResult } from 'aws-lambda';
import { everyHeader } from '../../deployment/response-headers';
import type { ScimResponse } from '../directory/request';
import { type ScimError, tooMany } from '../scim/message/error';
import { errorBody } from '../scim/message/error-body';
import type { ProfileName } from '../scim/schema/profile';

/** The largest answer that Lambda passes on, in bytes of the whole result as JSON. */
const maxResultBytes = 6 * 1024 * 1024;

/**
 * Turns a response into a result for API Gateway.
 * @throws ScimError 400 `tooMany` when Lambda could not pass it on: never a shorter page
 */
export function toResult({ status, headers, body, smallerBody }: ScimResponse): APIGatewayProxyResult {
  const result = {
    statusCode: status,
    headers: { ...headers, ...everyHeader },
    body: body ? JSON.stringify(body) : '',
  };
  // A quote or a backslash of the body becomes two bytes on the way; any other character is at most three.
  if (result.body.length * 3 > maxResultBytes && Buffer.byteLength(JSON.stringify(result)) > maxResultBytes) {
    if (smallerBody) return toResult({ status, headers: headers ?? {}, body: smallerBody() });
    throw tooMany(
      'The answer is larger than 6 MB, more than can be returned. Ask for less: excludedAttributes=members leaves out ' +
        "groups' members, attributes names what is needed, count makes pages smaller.",
    );
  }
  return result;
}

/** Who asked and when, for the body of an error. */
export interface ErrorContext {
  readonly requestId: string;
  readonly profile: ProfileName | undefined;
  readonly now: Date;
}

/** Turns an error into a result for API Gateway. */
export function toErrorResult(error: ScimError, context: ErrorContext): APIGatewayProxyResult {
  return {
    statusCode: error.status,
    headers: { ...error.headers, ...everyHeader },
    body: JSON.stringify(errorBody(error, context)),
  };
}
