import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface Tab {
  readonly label: string;
  readonly href: string;
  readonly isCurrent: boolean;
  readonly count?: ComponentChildren;
}

/** Links to the screens of one thing; the present one is marked. They scroll sideways on narrow screens. */
export function Tabs({ label, tabs }: { readonly label: string; readonly tabs: readonly Tab[] }) {
  const list = useRef<HTMLUListElement>(null);
  const current = tabs.find(({ isCurrent }) => isCurrent)?.label;
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [current]);
  return (
    <nav class="tabs" aria-label={label}>
      <ul ref={list}>
        {tabs.map(({ label: text, href, isCurrent, count }) => (
          <li key={text}>
            <a href={href} aria-current={isCurrent ? 'page' : undefined}>
              {text}
              {count !== undefined && <span class="tab-count">{count}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
