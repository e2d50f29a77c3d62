/**
 * The headers of every response, of the functions and of the gateway itself, with and without a body: a strict client
 * takes a 204 without a media type for a failure. What they hold is personal data, so nobody may keep it.
 */
export const everyHeader: Readonly<Record<string, string>> = {
  'Content-Type': 'application/scim+json',
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
};
