import { listResponse } from '../../../lambda/scim/message/list';

const schemas = ['urn:ietf:params:scim:api:messages:2.0:ListResponse'];

test('an empty list is a list (RFC 7644 §3.4.2)', () => {
  expect(listResponse([], { totalResults: 0, startIndex: 1 })).toEqual({
    schemas,
    totalResults: 0,
    itemsPerPage: 0,
    startIndex: 1,
    Resources: [],
  });
});

test('an index page counts what it holds', () => {
  expect(listResponse([{ id: 'a' }, { id: 'b' }], { totalResults: 7, startIndex: 3 })).toEqual({
    schemas,
    totalResults: 7,
    itemsPerPage: 2,
    startIndex: 3,
    Resources: [{ id: 'a' }, { id: 'b' }],
  });
});

test('a cursor page names where the next one begins, the last one does not (RFC 9865 §2)', () => {
  const page = { schemas, totalResults: 2, itemsPerPage: 1, Resources: [{ id: 'a' }] };
  expect(listResponse([{ id: 'a' }], { totalResults: 2, nextCursor: 'c' })).toEqual({ ...page, nextCursor: 'c' });
  expect(listResponse([{ id: 'a' }], { totalResults: 2, nextCursor: undefined })).toEqual(page);
});
