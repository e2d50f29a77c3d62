import { scopes } from '../scim/scope';
import { algorithms } from './assertion';

/** The token endpoint of a tenant, below the URL in front of its id. */
export const tokenEndpoint = (issuer: string) => `${issuer}/oauth2/token`;

/**
 * The metadata of a tenant's authorization server (RFC 8414 §2). It is the same for every id, so that it does not tell
 * which tenants exist.
 * @param issuer the URL that ends with the tenant's id
 * @param documentation the URL of the deployer's documentation, if there is one
 */
export function metadata(issuer: string, documentation: string | undefined) {
  return {
    issuer,
    token_endpoint: tokenEndpoint(issuer),
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    token_endpoint_auth_signing_alg_values_supported: algorithms,
    grant_types_supported: ['client_credentials'],
    // There is no authorization endpoint, which would have types; the RFC requires the member.
    response_types_supported: [],
    scopes_supported: scopes,
    ...(documentation ? { service_documentation: documentation } : {}),
  };
}
