import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from './icon';

interface SearchProps {
  readonly label: string;
  readonly placeholder?: string;
  /** The text that is searched for now. */
  readonly value: string;
  /** Called when the person presses Enter or, unless `wait` is false, stops typing. */
  readonly onSearch: (text: string) => void;
  readonly wait?: boolean;
}

/** A search box with an icon. Its label is read out, not shown. */
export function Search({ label, placeholder, value, onSearch, wait = true }: SearchProps) {
  const [text, setText] = useState(value);
  const searched = useRef(value);
  const search = () => {
    searched.current = text.trim();
    onSearch(searched.current);
  };
  // Only a text that comes from elsewhere, such as the history, takes the place of what the person has typed meanwhile.
  useLayoutEffect(() => {
    if (value === searched.current) return;
    searched.current = value;
    setText(value);
  }, [value]);
  useEffect(() => {
    if (!wait || text.trim() === value) return;
    const timer = setTimeout(search, 400);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <search class="search">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          search();
        }}
      >
        <Icon name="search" />
        <input
          class="input"
          type="search"
          aria-label={label}
          placeholder={placeholder ?? label}
          autocomplete="off"
          spellcheck={false}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </form>
    </search>
  );
}
