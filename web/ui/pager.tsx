import { LinkButton } from './button';
import { hrefTo, type Location } from './router';

/** The cursors of the pages before this one, which the fragment keeps, so that reloading and the back button work. */
const trail = (location: Location) => (location.query.trail ?? '').split('~').filter(Boolean);

interface PagerProps {
  readonly location: Location;
  /** Where the next page begins; undefined on the last one. */
  readonly next?: string | undefined;
  /** What is shown, such as `50 of 10,000 users`. */
  readonly shown: string;
}

/** Links to the first, the previous and the next page of a list that is read by cursor. */
export function Pager({ location, next, shown }: PagerProps) {
  const { path, query } = location;
  const before = trail(location);
  const current = query.cursor ?? '';
  const previous = before.at(-1);
  const place = (cursor: string | undefined, cursors: readonly string[]) =>
    hrefTo(path, { ...query, cursor, trail: cursors.join('~') });
  return (
    <nav class="pager" aria-label="Pages">
      <span class="pager-shown">{shown}</span>
      {current && before.length > 0 && <LinkButton href={place(undefined, [])}>First</LinkButton>}
      {current && <LinkButton href={place(previous, before.slice(0, -1))}>Previous</LinkButton>}
      {next && <LinkButton href={place(next, current ? [...before, current] : before)}>Next</LinkButton>}
    </nav>
  );
}
