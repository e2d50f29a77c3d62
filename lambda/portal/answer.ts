import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { requestIdOf } from '../gateway/event';
import { PortalError } from './error';
import { safeHeaders } from './headers';

type Headers = Readonly<Record<string, string>>;

/** An answer with the headers that every one has; nobody may keep it unless `more` says otherwise. */
export function answer(statusCode: number, type: string, body: string, more: Headers = {}): APIGatewayProxyResult {
  return { statusCode, headers: { ...safeHeaders, 'Cache-Control': 'no-store', 'Content-Type': type, ...more }, body };
}

/** The answer of a call. */
export function json(status: number, body: object, more: Headers = {}): APIGatewayProxyResult {
  return answer(status, 'application/json', JSON.stringify(body), more);
}

/** The answer of a call that was refused. */
export function refused(
  event: APIGatewayProxyEvent,
  { status, code, message, remedy }: PortalError,
  more: Headers = {},
): APIGatewayProxyResult {
  const requestId = requestIdOf(event);
  return json(
    status,
    { error: { code, message, ...(remedy !== undefined && { remedy: { text: remedy } }), requestId } },
    more,
  );
}

/** The answer when something here failed. */
export function failed(event: APIGatewayProxyEvent, more: Headers = {}): APIGatewayProxyResult {
  const message = 'This failed, and it is not your fault.';
  const remedy = `Try again. If it fails again, give the operator this id: ${requestIdOf(event)}`;
  return refused(event, new PortalError(500, 'failed', message, remedy), more);
}
