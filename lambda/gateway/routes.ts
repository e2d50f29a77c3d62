/** A function that API Gateway invokes for a route. */
export type RouteFunction = 'users' | 'groups' | 'bulk' | 'search' | 'discovery';

/** One resource of the REST API: a path in API Gateway's notation, any method, and the function behind it. */
export interface Route {
  readonly path: string;
  readonly function: RouteFunction;
}

/**
 * Every route of the REST API, each for any method, so that the function can answer a wrong one with 405. The last
 * three catch every other path: without them a REST API answers 403 by itself, in a body that is not SCIM. (It refuses a
 * `{proxy+}` beside `{tenantId}`: one variable part a level.)
 */
export const routes: readonly Route[] = [
  { path: '/{tenantId}/scim/v2/Users', function: 'users' },
  { path: '/{tenantId}/scim/v2/Users/{id}', function: 'users' },
  { path: '/{tenantId}/scim/v2/Users/.search', function: 'search' },
  { path: '/{tenantId}/scim/v2/Groups', function: 'groups' },
  { path: '/{tenantId}/scim/v2/Groups/{id}', function: 'groups' },
  { path: '/{tenantId}/scim/v2/Groups/.search', function: 'search' },
  { path: '/{tenantId}/scim/v2/.search', function: 'search' },
  { path: '/{tenantId}/scim/v2/Bulk', function: 'bulk' },
  { path: '/{tenantId}/scim/v2/Me', function: 'discovery' },
  { path: '/{tenantId}/scim/v2/ServiceProviderConfig', function: 'discovery' },
  { path: '/{tenantId}/scim/v2/ResourceTypes', function: 'discovery' },
  { path: '/{tenantId}/scim/v2/ResourceTypes/{id}', function: 'discovery' },
  { path: '/{tenantId}/scim/v2/Schemas', function: 'discovery' },
  { path: '/{tenantId}/scim/v2/Schemas/{id}', function: 'discovery' },
  { path: '/', function: 'discovery' },
  { path: '/{tenantId}', function: 'discovery' },
  { path: '/{tenantId}/{proxy+}', function: 'discovery' },
];

/** The verbs an authorizer's policy names, each followed by the tenant (a `*` before the tenant would cross slashes). */
export const verbs: readonly string[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];
