/** The most characters of an address. */
const longest = 500;

/**
 * Whether the portal may lead back to an address: one that begins with one of the list, up to the end of a part of its
 * path. An address that is no URL, or has a user name or a password, is never allowed.
 */
export function isAllowedReturn(allowed: readonly string[], address: string): boolean {
  if (address.length > longest || !URL.canParse(address)) return false;
  const { href, username, password } = new URL(address);
  if (username !== '' || password !== '') return false;
  return allowed.some((each) => {
    const start = new URL(each).href.replace(/\/$/, '');
    return href === start || ['/', '?', '#'].some((end) => href.startsWith(start + end));
  });
}
