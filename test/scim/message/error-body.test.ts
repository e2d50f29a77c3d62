import { ScimError, type ScimType } from '../../../lambda/scim/message/error';
import { errorBody } from '../../../lambda/scim/message/error-body';
import type { ProfileName } from '../../../lambda/scim/schema/profile';
import cases from './error-body.json';

const now = new Date('2026-11-24T07:12:45.123Z');

test.each(cases)('$name', ({ profile, status, scimType, detail, body }) => {
  const error = new ScimError(status, scimType as ScimType | undefined, detail, { 'Retry-After': '1' });
  expect(errorBody(error, { requestId: 'r-1', profile: profile as ProfileName | undefined, now })).toEqual({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    ...body,
  });
});

test('an error has the members of the documented example, in its order', () => {
  const error = new ScimError(400, 'invalidValue', 'Sentence.');
  const body = errorBody(error, { requestId: 'r-1', profile: 'identity-center', now });
  expect(Object.keys(body)).toEqual(['schemas', 'status', 'scimType', 'detail', 'exceptionRequestId', 'timeStamp']);
});
