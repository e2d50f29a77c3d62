/**
 * The setting `publicBaseUrl` for an emulator: the address that `scim-admin` prints there.
 * @param endpoint `AWS_ENDPOINT_URL`
 */
export function emulatedBaseUrl(endpoint: string): string {
  return `${endpoint}/restapis/{apiId}/prod/_user_request_`;
}
