import { randomUUID } from 'node:crypto';
import { toResult } from '../../lambda/gateway/result';
import { represent } from '../../lambda/scim/resource/represent';
import { resourceView } from '../../lambda/scim/schema/view';

const lambdaLimit = 6 * 1024 * 1024;

function groupOf(count: number) {
  return represent(resourceView('identity-center', 'Group'), {
    id: randomUUID(),
    version: 1,
    created: '2026-11-24T07:00:00.000Z',
    modified: '2026-11-24T07:00:00.000Z',
    resource: { displayName: 'Everybody' },
    members: Array.from({ length: count }, () => ({ value: randomUUID() })),
    baseUrl: 'https://scim.example.com/prod/tenantaaaaaa/scim/v2',
  });
}

test('a group of 100,000 members fits into one response, as Lambda measures it', () => {
  const result = toResult({ status: 200, body: groupOf(100_000) });
  expect(Buffer.byteLength(JSON.stringify(result))).toBeLessThanOrEqual(lambdaLimit);
  expect(JSON.parse(result.body).members).toHaveLength(100_000);
});

test('a response larger than Lambda allows is an error that says what to leave out, never a shorter one', () => {
  const body = groupOf(120_000);
  expect(() => toResult({ status: 200, body })).toThrow(
    expect.objectContaining({
      status: 400,
      scimType: 'tooMany',
      detail: expect.stringContaining('excludedAttributes=members'),
    }),
  );
});

test('a response with characters of three bytes is measured in bytes', () => {
  const body = { displayName: '名'.repeat(lambdaLimit / 3 + 1) };
  expect(() => toResult({ status: 200, body })).toThrow(expect.objectContaining({ scimType: 'tooMany' }));
});

test('a response has its media type even without a body, and must not be cached', () => {
  const headers = {
    'Content-Type': 'application/scim+json',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  };
  expect(toResult({ status: 204 })).toEqual({ statusCode: 204, headers, body: '' });
});
