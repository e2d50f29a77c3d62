import { ResponseType } from 'aws-cdk-lib/aws-apigateway';
import { responses } from '../../../deployment/gateway-responses';

describe('the gateway responses', () => {
  it('are all that a REST API has, each once', () => {
    const types = Object.values(ResponseType)
      .filter((type): type is ResponseType => type instanceof ResponseType)
      .map(({ responseType }) => responseType);
    expect(responses.map(({ type }) => type).sort()).toEqual([...new Set(types)].sort());
  });

  it.each(responses)('$type is a SCIM error that says what to do', ({ status, headers, body }) => {
    const error = JSON.parse(body) as Record<string, unknown>;
    expect(error).toMatchObject({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: String(status),
      detail: expect.stringMatching(/(?:\. |: )\S.*\. \(request \$context\.extendedRequestId\)$/),
    });
    expect(['schemas', 'status', 'scimType', 'detail']).toEqual(expect.arrayContaining(Object.keys(error)));
    expect(headers).toMatchObject({
      'Content-Type': 'application/scim+json',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    });
    expect(headers['WWW-Authenticate']).toBe(status === 401 ? 'Bearer' : undefined);
    expect(headers['Retry-After'] ?? 'none').toMatch(status === 429 ? /^\d+$/ : /^none$/);
  });

  it.each(responses)('$type has nothing that varies but the id of the request', ({ body, headers }) => {
    expect(body.replace('$context.extendedRequestId', '')).not.toMatch(/[$#\\]/);
    expect(Object.values(headers).join()).not.toMatch(/['$#]/);
  });
});
