import type { APIGatewayProxyEvent } from 'aws-lambda';

/**
 * The URL in front of a tenant's id: the deployment's public one, or as the request has it.
 * @param stage the part of the path in front of the tenant's id: empty, or with a slash before each part
 */
export function publicUrl({ headers, requestContext }: APIGatewayProxyEvent, stage: string): string {
  if (process.env.PUBLIC_BASE_URL) return process.env.PUBLIC_BASE_URL;
  const sent = new Map(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  const scheme = sent.get('x-forwarded-proto') === 'http' ? 'http' : 'https';
  return `${scheme}://${requestContext.domainName ?? sent.get('host')}${stage}`;
}

/** The id that API Gateway gives a request. Not its `requestId`, which a client can choose by `x-amzn-RequestId`. */
export function requestIdOf({ requestContext }: APIGatewayProxyEvent): string {
  return requestContext.extendedRequestId ?? requestContext.requestId;
}
