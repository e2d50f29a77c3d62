/** The one library for JWTs. It is loaded when the first assertion comes: clients with a secret need none of it. */
export const jose = () => import('jose');

// It is an ES module only, from which a CommonJS module cannot import types by name.
type Jose = Awaited<ReturnType<typeof jose>>;

/** A public key (RFC 7517). */
export type JWK = Parameters<Jose['importJWK']>[0];

/** The claims of a JWT (RFC 7519). */
export type JWTPayload = ReturnType<Jose['decodeJwt']>;

/** What a JWT is checked for. */
export type JWTVerifyOptions = NonNullable<Parameters<Jose['jwtVerify']>[2]>;
