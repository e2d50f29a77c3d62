import type { JsonObject } from '../json';
import type { ProfileName } from '../schema/profile';
import { profiles } from '../schema/profiles';
import { cursorTimeout, defaultPageSize, maxBodyBytes, maxBulkOperations, maxPageSize } from './limits';

/**
 * What this endpoint supports, and the tenant's profile (RFC 7643 §5; pagination: RFC 9865 §4).
 * @param documentation the URL of the deployer's documentation, if there is one
 */
export function serviceProviderConfig(profile: ProfileName, baseUrl: string, documentation?: string): JsonObject {
  const documented = documentation ? { documentationUri: documentation } : {};
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
    ...documented,
    patch: { supported: true },
    bulk: { supported: true, maxOperations: maxBulkOperations, maxPayloadSize: maxBodyBytes },
    filter: { supported: true, maxResults: maxPageSize },
    changePassword: { supported: false },
    sort: { supported: true },
    etag: { supported: true },
    pagination: {
      cursor: true,
      index: true,
      defaultPaginationMethod: 'index',
      defaultPageSize,
      maxPageSize,
      cursorTimeout,
    },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'Bearer token',
        description: `The tenant's access token, sent as a bearer token. Profile ${profile}: ${profiles[profile].description}.`,
        specUri: 'https://www.rfc-editor.org/info/rfc6750',
        ...documented,
        primary: true,
      },
      {
        type: 'oauth2',
        name: 'OAuth 2.0 client credentials',
        description: `Access tokens for a client of the tenant, from ${baseUrl.replace(/\/scim\/v2$/, '')}/oauth2/token.`,
        specUri: 'https://www.rfc-editor.org/info/rfc6749',
        ...documented,
        primary: false,
      },
    ],
    meta: { resourceType: 'ServiceProviderConfig', location: `${baseUrl}/ServiceProviderConfig` },
  };
}
