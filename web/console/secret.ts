const key = 'console-secret';

/**
 * Takes the secret out of the address that the program printed (`#secret=…`), so that neither the history nor a bookmark
 * has it. It is kept for this tab, so that the page can be loaded again.
 */
export function takeSecret(): void {
  const secret = /^#secret=([\w-]+)$/.exec(window.location.hash)?.[1];
  if (!secret) return;
  window.sessionStorage.setItem(key, secret);
  window.history.replaceState(null, '', '#/');
}

/** The secret of this tab; empty if the page was not opened with the address that the program printed. */
export function readSecret(): string {
  return window.sessionStorage.getItem(key) ?? '';
}
