import type { JsonObject } from '../json';
import type { ProfileName } from '../schema/profile';
import { profiles } from '../schema/profiles';
import { cursorTimeout, defaultPageSize, maxBodyBytes, maxBulkOperations, maxPageSize } from './limits';

/** What this endpoint supports, and the tenant's profile (RFC 7643 §5; pagination: RFC 9865 §4). */
export function serviceProviderConfig(profile: ProfileName, baseUrl: string): JsonObject {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
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
        primary: true,
      },
    ],
    meta: { resourceType: 'ServiceProviderConfig', location: `${baseUrl}/ServiceProviderConfig` },
  };
}
