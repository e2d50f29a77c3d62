import { useEffect, useState } from 'preact/hooks';
import { hrefTo, type Location, parseLocation } from './router';

/** Where the page is; renders again when that changes. */
export function useLocation(): Location {
  const [location, setLocation] = useState(() => parseLocation(window.location.hash));
  useEffect(() => {
    const follow = () => setLocation(parseLocation(window.location.hash));
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  return location;
}

/** Goes to a fragment made by `hrefTo`. With `replace`, the back button does not return to the place left. */
export function navigate(href: string, { replace = false } = {}): void {
  if (!replace) {
    window.location.hash = href;
    return;
  }
  window.history.replaceState(window.history.state, '', href);
  window.dispatchEvent(new HashChangeEvent('hashchange'));
}

/** Changes parts of the query of the place where the page is, such as a filter; undefined removes a part. */
export function changeQuery(changes: Readonly<Record<string, string | undefined>>, options = { replace: true }): void {
  const { path, query } = parseLocation(window.location.hash);
  navigate(hrefTo(path, { ...query, ...changes }), options);
}
