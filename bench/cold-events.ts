import { randomUUID } from 'node:crypto';
import { caller, clientId, clientSecret, token } from './cold-stub';
import { proxyEvent } from './proxy-event';

/** An event for a function, and the check of its result. */
export interface ColdEvent {
  readonly event: unknown;
  readonly isRight: (result: unknown) => boolean;
}

const answers = (status: number) => (result: unknown) => (result as { statusCode?: number }).statusCode === status;

const user = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  userName: 'anna@example.com',
  name: { givenName: 'Anna', familyName: 'Example' },
  emails: [{ value: 'anna@example.com', type: 'work', primary: true }],
  active: true,
};
const group = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName: 'Everyone' };
const bulk = {
  schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
  Operations: [{ method: 'POST', path: '/Users', bulkId: 'a', data: user }],
};
const search = {
  schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
  filter: 'userName eq "anna@example.com"',
};
const deletion = {
  eventSource: 'aws:dynamodb',
  eventName: 'REMOVE',
  dynamodb: {
    SequenceNumber: '1',
    Keys: { pk: { S: `${caller.tenantId}#USER` }, sk: { S: randomUUID() } },
    OldImage: { modifiedShard: { S: '0' } },
  },
};

/** The first event of each function: a typical one that uses all of its parts. */
export const events: ReadonlyMap<string, ColdEvent> = new Map<string, ColdEvent>([
  ['empty', { event: {}, isRight: answers(200) }],
  [
    'authorizer',
    {
      event: {
        type: 'TOKEN',
        authorizationToken: `Bearer ${token}`,
        methodArn: `arn:aws:execute-api:eu-west-1:123456789012:api/prod/GET/${caller.tenantId}/scim/v2/Users`,
      },
      isRight: (result) => (result as { principalId?: string }).principalId === caller.tenantId,
    },
  ],
  [
    'oauth',
    {
      event: {
        httpMethod: 'POST',
        resource: '/{tenantId}/oauth2/token',
        path: `/${caller.tenantId}/oauth2/token`,
        pathParameters: { tenantId: caller.tenantId },
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: `grant_type=client_credentials&client_id=${clientId}&client_secret=${clientSecret}`,
        requestContext: {
          path: `/prod/${caller.tenantId}/oauth2/token`,
          domainName: 'api.example.com',
          requestId: '1',
        },
      },
      isRight: answers(200),
    },
  ],
  ['users', { event: proxyEvent(caller, 'POST', '/Users', { body: user }), isRight: answers(201) }],
  ['groups', { event: proxyEvent(caller, 'POST', '/Groups', { body: group }), isRight: answers(201) }],
  ['bulk', { event: proxyEvent(caller, 'POST', '/Bulk', { body: bulk }), isRight: answers(200) }],
  ['search', { event: proxyEvent(caller, 'POST', '/.search', { body: search }), isRight: answers(200) }],
  ['discovery', { event: proxyEvent(caller, 'GET', '/ServiceProviderConfig'), isRight: answers(200) }],
  [
    'portal',
    {
      event: {
        httpMethod: 'GET',
        resource: '/portal',
        path: '/portal',
        pathParameters: null,
        headers: { Host: 'api.example.com' },
        requestContext: { path: '/prod/portal', domainName: 'api.example.com', requestId: '1' },
      },
      isRight: answers(200),
    },
  ],
  [
    'changes',
    {
      event: { Records: [deletion] },
      isRight: (result) => (result as { batchItemFailures?: unknown[] }).batchItemFailures?.length === 0,
    },
  ],
  ['expiry', { event: {}, isRight: (result) => result === null }],
]);
