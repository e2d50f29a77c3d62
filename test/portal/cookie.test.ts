import type { APIGatewayProxyEvent } from 'aws-lambda';
import { sessionSecret } from '../../lambda/portal/cookie';

const secretOf = (...cookies: readonly string[]) =>
  sessionSecret({ multiValueHeaders: { Cookie: cookies } } as unknown as APIGatewayProxyEvent, true);

test('the session is in the cookie of this host, wherever it is among others', () => {
  expect(secretOf('__Host-scim-portal=sps_a')).toBe('sps_a');
  expect(secretOf('a=b;  __Host-scim-portal=sps_a ; c=d')).toBe('sps_a');
  expect(secretOf('a=b', '__Host-scim-portal=sps_a')).toBe('sps_a');
  expect(secretOf('scim-portal=sps_a; x__Host-scim-portal=sps_b; __host-scim-portal=sps_c')).toBeUndefined();
});

test.each([
  ['a no-break space', '\u00a0'],
  ['an en quad', '\u2000'],
  ['a line separator', '\u2028'],
  ['a byte order mark', '\ufeff'],
  ['a vertical tab', '\v'],
])('a cookie that another site of the domain can set, by %s in front of the prefix, is no session', (_, blank) => {
  expect(secretOf(`${blank}__Host-scim-portal=sps_evil`)).toBeUndefined();
  expect(secretOf(`${blank}__Host-scim-portal=sps_evil; __Host-scim-portal=sps_a`)).toBe('sps_a');
});

test('of two sessions none is taken', () => {
  expect(secretOf('__Host-scim-portal=sps_evil; __Host-scim-portal=sps_a')).toBeUndefined();
  expect(secretOf('__Host-scim-portal=sps_evil', '__Host-scim-portal=sps_a')).toBeUndefined();
});
