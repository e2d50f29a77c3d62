/**
 * Takes the invitation's code out of the fragment of the address, and with it out of the history: places in the page begin
 * with `#/`, so anything else is a code. Undefined if there is none.
 */
export function takeCode(): string | undefined {
  const fragment = window.location.hash.slice(1);
  if (fragment === '' || fragment.startsWith('/')) return undefined;
  window.history.replaceState(null, '', window.location.pathname + window.location.search);
  return fragment;
}
