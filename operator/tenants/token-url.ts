/** The address of a tenant's token endpoint, beside its Base URL. */
export function tokenUrlOf(baseUrl: string): string {
  return baseUrl.replace(/\/scim\/v2$/, '/oauth2/token');
}
